package org.sempervox.chaos.client;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Lenient reader of datagrams: bare line feeds, folded lines, compact names and a missing Content-Length are taken. */
final class SipParser {
    private SipParser() {}

    /** Null if the text is no SIP message (keep-alives, rubbish). */
    static @Nullable SipMessage parse(String text) {
        int bodyAt = text.indexOf("\r\n\r\n");
        int skip = 4;
        if (bodyAt < 0) {
            bodyAt = text.indexOf("\n\n");
            skip = 2;
        }
        String head = bodyAt < 0 ? text : text.substring(0, bodyAt);
        List<String> lines = unfold(head);
        if (lines.isEmpty()) {
            return null;
        }
        SipMessage message = startLine(lines.getFirst());
        if (message == null) {
            return null;
        }
        for (String line : lines.subList(1, lines.size())) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                message.add(
                        canonical(line.substring(0, colon).trim()),
                        line.substring(colon + 1).trim());
            }
        }
        if (bodyAt >= 0) {
            message.body(text.substring(Math.min(text.length(), bodyAt + skip)));
        }
        boolean complete = !message.callId().isEmpty()
                && message.cseq() >= 0
                && !message.topVia().isEmpty()
                && message.find("From") != null
                && message.find("To") != null;
        return complete ? message : null;
    }

    private static List<String> unfold(String head) {
        List<String> lines = new ArrayList<>();
        for (String line : head.split("\r?\n", -1)) {
            boolean continued = !line.isEmpty() && (line.charAt(0) == ' ' || line.charAt(0) == '\t');
            if (continued && !lines.isEmpty()) {
                lines.add(lines.removeLast() + " " + line.trim());
            } else if (!line.isBlank()) {
                lines.add(line);
            }
        }
        return lines;
    }

    private static @Nullable SipMessage startLine(String line) {
        String[] words = line.trim().split(" ", 3);
        if (words.length < 2) {
            return null;
        }
        if (words[0].equalsIgnoreCase("SIP/2.0")) {
            try {
                int status = Integer.parseInt(words[1]);
                return status < 100 || status > 699
                        ? null
                        : SipMessage.response(status, words.length > 2 ? words[2] : "");
            } catch (NumberFormatException e) {
                return null;
            }
        }
        boolean request = words.length == 3 && words[2].trim().equalsIgnoreCase("SIP/2.0");
        return request ? SipMessage.request(words[0], words[1]) : null;
    }

    private static String canonical(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "v", "via" -> "Via";
            case "f", "from" -> "From";
            case "t", "to" -> "To";
            case "i", "call-id" -> "Call-ID";
            case "m", "contact" -> "Contact";
            case "l", "content-length" -> "Content-Length";
            case "c", "content-type" -> "Content-Type";
            case "k", "supported" -> "Supported";
            case "cseq" -> "CSeq";
            case "record-route" -> "Record-Route";
            default -> name;
        };
    }
}
