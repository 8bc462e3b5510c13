package org.sempervox.sip.codec;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sempervox.core.sip.Flow;
import org.sempervox.core.sip.NameAddr;
import org.sempervox.core.sip.SipRequest;
import org.sempervox.core.sip.SipResponse;

/**
 * From the bytes of one packet to a value (RFC 3261 §7, §18.3). Total: every input gives a result, none an exception or an error, in
 * time proportional to its length. Pure and thread-safe.
 */
public final class Decoder {
    private static final long MAX_CSEQ = Integer.MAX_VALUE;

    /** Headers that have a component of their own, and credentials, which never leave the edge. */
    private static final Set<String> OWN = Set.of(
            "via",
            "from",
            "to",
            "call-id",
            "cseq",
            "max-forwards",
            "route",
            "record-route",
            "contact",
            "content-type",
            "content-length",
            "authorization",
            "proxy-authorization");

    private Decoder() {}

    /** {@code source}: where the packet came from; goes into the topmost Via of a request (RFC 3581). */
    public static Decoded decode(byte[] data, Flow source) {
        if (RawMessage.blank(data)) {
            return new Decoded.KeepAlive();
        }
        RawMessage raw;
        try {
            raw = RawMessage.of(data);
        } catch (MalformedMessage e) {
            return new Decoded.Malformed(String.valueOf(e.getMessage()), List.of());
        }
        try {
            return raw.startLine().startsWith("SIP/2.0 ") ? response(raw) : request(raw, source);
        } catch (MalformedMessage e) {
            return new Decoded.Malformed(String.valueOf(e.getMessage()), MalformedEcho.of(raw, source));
        }
    }

    private static Decoded request(RawMessage raw, Flow source) throws MalformedMessage {
        String[] line = raw.startLine().split(" ", -1);
        if (line.length != 3 || !line[2].equals("SIP/2.0") || !Tokens.isToken(line[0]) || line[1].isEmpty()) {
            throw new MalformedMessage("request line");
        }
        VendorGrammar.judge(raw);
        Fields fields = Fields.of(raw);
        if (!fields.method.equals(line[0])) {
            throw new MalformedMessage("method of CSeq");
        }
        var via = new ArrayList<>(fields.via);
        via.set(0, Vias.withSource(via.get(0), source.host(), source.port()));
        var request = new SipRequest(
                line[0],
                line[1],
                via,
                fields.from(),
                fields.to(),
                fields.callId,
                fields.cseq,
                fields.maxForwards,
                fields.route,
                fields.recordRoute,
                fields.contacts.isEmpty() ? null : fields.contacts.get(0),
                fields.others,
                fields.bodyType(),
                fields.body);
        return new Decoded.Request(request, new RegisterContacts(fields.wildcard, fields.contacts), fields.credentials);
    }

    private static Decoded response(RawMessage raw) throws MalformedMessage {
        String line = raw.startLine();
        int status = line.length() < 11 ? -1 : (int) Tokens.number(line.substring(8, 11));
        if (status < 100 || status > 699 || (line.length() > 11 && line.charAt(11) != ' ')) {
            throw new MalformedMessage("status line");
        }
        VendorGrammar.judge(raw);
        Fields fields = Fields.of(raw);
        return new Decoded.Response(new SipResponse(
                status,
                line.length() > 12 ? line.substring(12) : "",
                fields.via,
                fields.from(),
                fields.to(),
                fields.callId,
                fields.cseq,
                fields.method,
                fields.recordRoute,
                fields.contacts.isEmpty() ? null : fields.contacts.get(0),
                fields.others,
                fields.bodyType(),
                fields.body));
    }

    /** Header fields while they are collected. */
    private static final class Fields {
        private final List<String> via = new ArrayList<>();
        private final List<NameAddr> route = new ArrayList<>();
        private final List<NameAddr> recordRoute = new ArrayList<>();
        private final List<NameAddr> contacts = new ArrayList<>();
        private final List<String> credentials = new ArrayList<>();
        private final Map<String, String> others = new HashMap<>();
        private @Nullable NameAddr from;
        private @Nullable NameAddr to;
        private boolean wildcard;
        private String callId = "";
        private String method = "";
        private long cseq = -1;
        private int maxForwards = -1;
        private long contentLength = -1;
        private @Nullable String contentType;
        private String body = "";

        static Fields of(RawMessage raw) throws MalformedMessage {
            var fields = new Fields();
            for (RawMessage.Header header : raw.headers()) {
                fields.take(header.name(), header.value());
            }
            if (fields.via.isEmpty() || fields.callId.isEmpty() || fields.cseq < 0) {
                throw new MalformedMessage("missing header");
            }
            if (fields.maxForwards < 0) {
                fields.maxForwards = 70;
            }
            fields.takeBody(raw.body());
            return fields;
        }

        private void take(String name, String value) throws MalformedMessage {
            switch (name) {
                case "via" -> via.addAll(Tokens.split(value, ','));
                case "from" -> from = once(from, Addresses.one(value));
                case "to" -> to = once(to, Addresses.one(value));
                case "call-id" -> takeCallId(value);
                case "cseq" -> takeCseq(value);
                case "max-forwards" -> takeMaxForwards(value);
                case "route" -> route.addAll(Addresses.list(value));
                case "record-route" -> recordRoute.addAll(Addresses.list(value));
                case "contact" -> takeContacts(value);
                case "content-type" -> contentType = value.isEmpty() ? null : value;
                case "content-length" -> takeContentLength(value);
                case "authorization", "proxy-authorization" -> credentials.add(value);
                default -> others.merge(name, value, (a, b) -> a + ", " + b);
            }
        }

        private static NameAddr once(@Nullable NameAddr known, NameAddr value) throws MalformedMessage {
            if (known != null) {
                throw new MalformedMessage("header twice");
            }
            return value;
        }

        private void takeCallId(String value) throws MalformedMessage {
            if (!callId.isEmpty() || value.isEmpty() || value.indexOf(' ') >= 0) {
                throw new MalformedMessage("Call-ID");
            }
            callId = value;
        }

        private void takeCseq(String value) throws MalformedMessage {
            String[] parts = value.split("[ \t]+", -1);
            if (cseq >= 0 || parts.length != 2 || !Tokens.isToken(parts[1])) {
                throw new MalformedMessage("CSeq");
            }
            cseq = Tokens.number(parts[0]);
            method = parts[1];
            if (cseq < 0 || cseq > MAX_CSEQ) {
                throw new MalformedMessage("CSeq");
            }
        }

        private void takeMaxForwards(String value) throws MalformedMessage {
            long number = Tokens.number(value);
            if (maxForwards >= 0 || number < 0 || number > 255) {
                throw new MalformedMessage("Max-Forwards");
            }
            maxForwards = (int) number;
        }

        private void takeContacts(String value) throws MalformedMessage {
            for (String part : Tokens.split(value, ',')) {
                if (part.equals("*")) {
                    wildcard = true;
                } else {
                    contacts.add(Addresses.one(part));
                }
            }
        }

        private void takeContentLength(String value) throws MalformedMessage {
            long number = Tokens.number(value);
            if (number < 0 || (contentLength >= 0 && contentLength != number)) {
                throw new MalformedMessage("Content-Length");
            }
            contentLength = number;
        }

        /** Bytes beyond Content-Length are dropped, missing ones are an error, without the header it is the rest (RFC 3261 §18.3). */
        private void takeBody(ByteBuffer bytes) throws MalformedMessage {
            if (contentLength > bytes.remaining()) {
                throw new MalformedMessage("body shorter than Content-Length");
            }
            int length = contentLength < 0 ? bytes.remaining() : (int) contentLength;
            body = StandardCharsets.UTF_8
                    .decode(bytes.slice(bytes.position(), length))
                    .toString();
        }

        private @Nullable String bodyType() {
            return body.isEmpty() ? null : contentType;
        }

        private NameAddr from() throws MalformedMessage {
            return present(from);
        }

        private NameAddr to() throws MalformedMessage {
            return present(to);
        }

        private static NameAddr present(@Nullable NameAddr value) throws MalformedMessage {
            if (value == null) {
                throw new MalformedMessage("missing header");
            }
            return value;
        }
    }

    /** Whether a header is a component of its own of a request or response. */
    static boolean isOwn(String name) {
        return OWN.contains(name);
    }
}
