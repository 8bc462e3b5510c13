package org.sempervox.sip.codec;

import java.util.ArrayList;
import java.util.List;
import org.sempervox.core.sip.Flow;

/** What a 400 to a malformed request repeats (RFC 3261 §8.2.6.2), taken from the text as it came. */
final class MalformedEcho {
    private MalformedEcho() {}

    /** Header lines, To last; empty for a response, an ACK, or when Via, From, To, Call-ID or CSeq is missing. */
    static List<String> of(RawMessage raw, Flow source) {
        if (raw.startLine().startsWith("SIP/") || raw.startLine().startsWith("ACK ")) {
            return List.of();
        }
        var via = new ArrayList<String>();
        String from = "";
        String to = "";
        String callId = "";
        String cseq = "";
        for (RawMessage.Header header : raw.headers()) {
            switch (header.name()) {
                case "via" -> via.addAll(Tokens.split(header.value(), ','));
                case "from" -> from = header.value();
                case "to" -> to = header.value();
                case "call-id" -> callId = header.value();
                case "cseq" -> cseq = header.value();
                default -> {}
            }
        }
        if (via.isEmpty() || from.isEmpty() || to.isEmpty() || callId.isEmpty() || cseq.isEmpty()) {
            return List.of();
        }
        if (cseq.endsWith("ACK") || via.size() > 32) {
            return List.of();
        }
        via.set(0, Vias.withSource(via.get(0), source.host(), source.port()));
        var lines = new ArrayList<String>();
        via.forEach(value -> lines.add("Via: " + value));
        lines.add("From: " + from);
        lines.add("Call-ID: " + callId);
        lines.add("CSeq: " + cseq);
        lines.add("To: " + to);
        return lines;
    }
}
