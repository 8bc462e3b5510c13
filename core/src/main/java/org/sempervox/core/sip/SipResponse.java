package org.sempervox.core.sip;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A SIP response as a value (RFC 3261 §7.2); components as in {@link SipRequest}. {@code method} is that of the CSeq header. */
public record SipResponse(
        int status,
        String reason,
        List<String> via,
        NameAddr from,
        NameAddr to,
        String callId,
        long cseq,
        String method,
        List<NameAddr> recordRoute,
        @Nullable NameAddr contact,
        Map<String, String> headers,
        @Nullable String contentType,
        String body) {
    public SipResponse {
        via = List.copyOf(via);
        recordRoute = List.copyOf(recordRoute);
        headers = Map.copyOf(headers);
    }

    public String branch() {
        return via.isEmpty() ? "" : Via.branch(via.get(0));
    }

    public boolean hasSdp() {
        return !body.isEmpty()
                && contentType != null
                && contentType.toLowerCase(java.util.Locale.ROOT).startsWith("application/sdp");
    }
}
