package org.sempervox.core.dialog;

import java.util.List;
import org.sempervox.core.sip.Flow;
import org.sempervox.core.sip.NameAddr;
import org.sempervox.core.sip.SipRequest;

/**
 * What a response to a received request is made of (S4), so that any node can answer it.
 *
 * @param via all Via values with received and rport, topmost first
 * @param to without our tag
 * @param flow where the request came from and the answer goes (RFC 3581)
 */
public record ReplyRecipe(
        String method,
        List<String> via,
        NameAddr from,
        NameAddr to,
        String callId,
        long cseq,
        List<NameAddr> recordRoute,
        Flow flow) {
    public ReplyRecipe {
        via = List.copyOf(via);
        recordRoute = List.copyOf(recordRoute);
    }

    public static ReplyRecipe of(SipRequest request, Flow flow) {
        return new ReplyRecipe(
                request.method(),
                request.via(),
                request.from(),
                request.to(),
                request.callId(),
                request.cseq(),
                request.recordRoute(),
                flow);
    }

    /** The same transaction as this request's (RFC 3261 §17.2.3)? */
    public boolean matches(SipRequest request) {
        return request.cseq() == cseq
                && !via.isEmpty()
                && !request.via().isEmpty()
                && org.sempervox.core.sip.Via.branch(via.get(0)).equals(request.branch());
    }
}
