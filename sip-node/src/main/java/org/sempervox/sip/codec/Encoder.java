package org.sempervox.sip.codec;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.sempervox.core.sip.NameAddr;
import org.sempervox.core.sip.SipRequest;
import org.sempervox.core.sip.SipResponse;
import org.sempervox.core.sip.SipStatus;

/**
 * From values to bytes (RFC 3261 §7): a pure function, equal values give equal bytes on every node (S5). Order: start line, Via, Route,
 * Record-Route, Max-Forwards, From, To, Call-ID, CSeq, Contact, other headers by name, Content-Type, Content-Length. No value can end
 * its line: line ends in values become spaces.
 */
public final class Encoder {
    private static final Map<String, String> NAMES = Map.of(
            "www-authenticate", "WWW-Authenticate",
            "mime-version", "MIME-Version",
            "rseq", "RSeq",
            "rack", "RAck",
            "sip-etag", "SIP-ETag",
            "sip-if-match", "SIP-If-Match",
            "min-se", "Min-SE");

    private Encoder() {}

    public static byte[] encode(SipRequest request) {
        var out = new StringBuilder(1024);
        clean(out, request.method()).append(' ');
        clean(out, request.uri()).append(" SIP/2.0\r\n");
        request.via().forEach(via -> line(out, "Via", via));
        request.route().forEach(route -> line(out, "Route", route.text()));
        request.recordRoute().forEach(route -> line(out, "Record-Route", route.text()));
        line(out, "Max-Forwards", Integer.toString(request.maxForwards()));
        dialog(out, request.from(), request.to(), request.callId(), request.cseq(), request.method());
        rest(out, request.contact(), request.headers());
        return end(out, request.contentType(), request.body());
    }

    public static byte[] encode(SipResponse response) {
        return encode(response, List.of());
    }

    /** {@code challenges}: further lines ({@code Name: value}), as challenges must not share one line (RFC 3261 §7.3.1). */
    public static byte[] encode(SipResponse response, List<String> challenges) {
        var out = new StringBuilder(1024);
        out.append("SIP/2.0 ").append(response.status()).append(' ');
        clean(out, response.reason()).append("\r\n");
        response.via().forEach(via -> line(out, "Via", via));
        response.recordRoute().forEach(route -> line(out, "Record-Route", route.text()));
        dialog(out, response.from(), response.to(), response.callId(), response.cseq(), response.method());
        challenges.forEach(challenge -> clean(out, challenge).append("\r\n"));
        rest(out, response.contact(), response.headers());
        return end(out, response.contentType(), response.body());
    }

    /** A 400 to a message that has no value form; {@code toTag} is added if To has none. */
    public static byte[] badRequest(List<String> echo, String toTag) {
        var out = new StringBuilder(512)
                .append("SIP/2.0 400 ")
                .append(SipStatus.reason(400))
                .append("\r\n");
        for (String header : echo) {
            clean(out, header);
            if (header.startsWith("To: ") && !Tokens.lower(header).contains("tag=")) {
                out.append(";tag=").append(toTag);
            }
            out.append("\r\n");
        }
        return end(out, null, "");
    }

    private static void dialog(StringBuilder out, NameAddr from, NameAddr to, String callId, long cseq, String method) {
        line(out, "From", from.text());
        line(out, "To", to.text());
        line(out, "Call-ID", callId);
        line(out, "CSeq", cseq + " " + method);
    }

    private static void rest(StringBuilder out, @Nullable NameAddr contact, Map<String, String> headers) {
        if (contact != null) {
            line(out, "Contact", contact.text());
        }
        new TreeMap<>(headers).forEach((name, value) -> {
            boolean own = Decoder.isOwn(name) && !(name.equals("contact") && contact == null);
            if (!own && Tokens.isToken(name)) {
                line(out, displayName(name), value);
            }
        });
    }

    private static byte[] end(StringBuilder out, @Nullable String contentType, String body) {
        byte[] bodyBytes = body.getBytes(StandardCharsets.UTF_8);
        if (bodyBytes.length > 0 && contentType != null) {
            line(out, "Content-Type", contentType);
        }
        out.append("Content-Length: ").append(bodyBytes.length).append("\r\n\r\n");
        byte[] head = out.toString().getBytes(StandardCharsets.UTF_8);
        byte[] whole = java.util.Arrays.copyOf(head, head.length + bodyBytes.length);
        System.arraycopy(bodyBytes, 0, whole, head.length, bodyBytes.length);
        return whole;
    }

    private static void line(StringBuilder out, String name, String value) {
        out.append(name).append(": ");
        clean(out, value).append("\r\n");
    }

    private static StringBuilder clean(StringBuilder out, String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            out.append(c < ' ' || c == 127 ? ' ' : c);
        }
        return out;
    }

    /** {@code session-expires} → {@code Session-Expires}. */
    private static String displayName(String name) {
        String known = NAMES.get(name);
        if (known != null) {
            return known;
        }
        var out = new StringBuilder(name);
        boolean first = true;
        for (int i = 0; i < out.length(); i++) {
            char c = out.charAt(i);
            if (first && c >= 'a' && c <= 'z') {
                out.setCharAt(i, (char) (c - 32));
            }
            first = c == '-';
        }
        return out.toString();
    }
}
