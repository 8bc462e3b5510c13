package org.sempervox.chaos.client;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A SIP message as text fields in their order. Confined to the thread that handles it; what was sent is not changed. */
final class SipMessage {
    private record Header(String name, String value) {}

    /** Empty for a response. */
    final String method;

    /** Request-URI, empty for a response. */
    final String uri;

    /** 0 for a request. */
    final int status;

    final String reason;
    private final List<Header> headers = new ArrayList<>();
    private String body = "";

    private SipMessage(String method, String uri, int status, String reason) {
        this.method = method;
        this.uri = uri;
        this.status = status;
        this.reason = reason;
    }

    static SipMessage request(String method, String uri) {
        return new SipMessage(method, uri, 0, "");
    }

    static SipMessage response(int status, String reason) {
        return new SipMessage("", "", status, reason);
    }

    /** A response with the fields RFC 3261 §8.2.6.2 has copied. */
    static SipMessage responseTo(SipMessage request, int status) {
        SipMessage response = response(status, Reasons.of(status));
        for (Header header : request.headers) {
            boolean copied = switch (header.name) {
                case "Via", "From", "To", "Call-ID", "CSeq" -> true;
                case "Record-Route" -> status > 100 && status < 300;
                default -> false;
            };
            if (copied) {
                response.headers.add(header);
            }
        }
        return response;
    }

    SipMessage copy() {
        SipMessage copy = new SipMessage(method, uri, status, reason);
        copy.headers.addAll(headers);
        copy.body = body;
        return copy;
    }

    boolean isRequest() {
        return status == 0;
    }

    boolean isProvisional() {
        return status >= 100 && status < 200;
    }

    boolean isSuccess() {
        return status >= 200 && status < 300;
    }

    SipMessage add(String name, String value) {
        headers.add(new Header(name, value));
        return this;
    }

    SipMessage addFirst(String name, String value) {
        headers.addFirst(new Header(name, value));
        return this;
    }

    /** Replaces the first field of the name and removes the others of it. */
    SipMessage set(String name, String value) {
        for (int i = 0; i < headers.size(); i++) {
            if (headers.get(i).name.equalsIgnoreCase(name)) {
                remove(name);
                headers.add(Math.min(i, headers.size()), new Header(name, value));
                return this;
            }
        }
        return add(name, value);
    }

    /** Replaces only the first field of the name. */
    void replaceFirst(String name, String value) {
        for (int i = 0; i < headers.size(); i++) {
            if (headers.get(i).name.equalsIgnoreCase(name)) {
                headers.set(i, new Header(name, value));
                return;
            }
        }
    }

    void remove(String name) {
        headers.removeIf(h -> h.name.equalsIgnoreCase(name));
    }

    SipMessage describe(String sdp) {
        body = sdp;
        return set("Content-Type", "application/sdp");
    }

    void body(String text) {
        body = text;
    }

    String body() {
        return body;
    }

    @Nullable
    String find(String name) {
        for (Header header : headers) {
            if (header.name.equalsIgnoreCase(name)) {
                return header.value;
            }
        }
        return null;
    }

    /** The first field's value, empty if there is none. */
    String get(String name) {
        String value = find(name);
        return value == null ? "" : value;
    }

    /** One entry per field, commas not split. */
    List<String> fields(String name) {
        return headers.stream()
                .filter(h -> h.name.equalsIgnoreCase(name))
                .map(h -> h.value)
                .toList();
    }

    /** One entry per value, commas split. */
    List<String> values(String name) {
        return fields(name).stream()
                .flatMap(v -> HeaderValue.split(v, ',').stream())
                .filter(v -> !v.isEmpty())
                .toList();
    }

    String topVia() {
        List<String> vias = values("Via");
        return vias.isEmpty() ? "" : vias.getFirst();
    }

    String branch() {
        String branch = HeaderValue.parameter(topVia(), "branch");
        return branch == null ? "" : branch;
    }

    String sentBy() {
        String first = HeaderValue.split(topVia(), ';').getFirst();
        int space = first.lastIndexOf(' ');
        return first.substring(space + 1);
    }

    String callId() {
        return get("Call-ID");
    }

    String fromTag() {
        String tag = HeaderValue.parameter(get("From"), "tag");
        return tag == null ? "" : tag;
    }

    String toTag() {
        String tag = HeaderValue.parameter(get("To"), "tag");
        return tag == null ? "" : tag;
    }

    long cseq() {
        String value = get("CSeq").trim();
        int space = value.indexOf(' ');
        try {
            return Long.parseLong(space < 0 ? value : value.substring(0, space));
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    String cseqMethod() {
        String value = get("CSeq").trim();
        return value.substring(value.lastIndexOf(' ') + 1);
    }

    /** The URI of the Contact, null if there is none. */
    @Nullable
    String contact() {
        List<String> contacts = values("Contact");
        return contacts.isEmpty() ? null : HeaderValue.uri(contacts.getFirst());
    }

    /** The session description, null if there is none. */
    @Nullable
    Sdp sdp() {
        return body.isBlank() ? null : Sdp.parse(body);
    }

    String firstLine() {
        return isRequest() ? method + " " + uri + " SIP/2.0" : "SIP/2.0 " + status + " " + reason;
    }

    String encode() {
        StringBuilder text = new StringBuilder(512 + body.length());
        text.append(firstLine()).append("\r\n");
        for (Header header : headers) {
            if (!header.name.equals("Content-Length")) {
                text.append(header.name).append(": ").append(header.value).append("\r\n");
            }
        }
        text.append("Content-Length: ")
                .append(body.getBytes(StandardCharsets.UTF_8).length)
                .append("\r\n\r\n")
                .append(body);
        return text.toString();
    }
}
