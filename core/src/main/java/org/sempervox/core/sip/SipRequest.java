package org.sempervox.core.sip;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A SIP request as a value (RFC 3261 §7). Immutable; equal requests encode to equal bytes (S5).
 *
 * @param method upper case token
 * @param via values of all Via headers, topmost first; of a received request the topmost already carries received and rport
 *     (RFC 3261 §18.2.1, RFC 3581)
 * @param cseq sequence number, 0 … 2^31-1
 * @param maxForwards 0–255; 70 when a received request had none
 * @param contact first Contact; a REGISTER's contacts are read by the registrar from its own form
 * @param headers every other header that we act on or pass on, names in lower case; several values joined by ", "
 * @param body empty when there is none; {@code contentType} is null then
 */
public record SipRequest(
        String method,
        String uri,
        List<String> via,
        NameAddr from,
        NameAddr to,
        String callId,
        long cseq,
        int maxForwards,
        List<NameAddr> route,
        List<NameAddr> recordRoute,
        @Nullable NameAddr contact,
        Map<String, String> headers,
        @Nullable String contentType,
        String body) {
    public SipRequest {
        via = List.copyOf(via);
        route = List.copyOf(route);
        recordRoute = List.copyOf(recordRoute);
        headers = Map.copyOf(headers);
    }

    /** Parameter {@code branch} of the topmost Via; empty if it has none. */
    public String branch() {
        return via.isEmpty() ? "" : Via.branch(via.get(0));
    }

    public boolean hasSdp() {
        return !body.isEmpty()
                && contentType != null
                && contentType.toLowerCase(java.util.Locale.ROOT).startsWith("application/sdp");
    }
}
