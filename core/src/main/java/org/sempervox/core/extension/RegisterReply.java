package org.sempervox.core.extension;

import java.util.List;

/**
 * The answer to a REGISTER.
 *
 * @param status 200; 423 interval too brief, 403 too many bindings, 400 malformed contact, 404 no such extension, 500 CSeq out of order
 * @param bindings all bindings after a 200 (RFC 3261 §10.3 step 8); empty otherwise
 * @param minExpires seconds for the Min-Expires header of a 423; 0 otherwise
 */
public record RegisterReply(int status, List<BindingView> bindings, int minExpires) {
    public RegisterReply {
        bindings = List.copyOf(bindings);
    }
}
