package org.sempervox.core.sip;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * From, To, Contact, Route, Record-Route (RFC 3261 §20): display name, URI and header parameters (names in lower case, order kept).
 *
 * @param display without quotes; empty if none
 * @param uri as on the wire, without angle brackets, URI parameters included: {@code sip:100@10.0.0.1:5060;transport=udp}
 * @param params header parameters; an empty value is a parameter without "="
 */
public record NameAddr(String display, String uri, Map<String, String> params) {
    public NameAddr {
        params = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(params));
    }

    public static NameAddr of(String uri) {
        return new NameAddr("", uri, Map.of());
    }

    public @Nullable String tag() {
        return params.get("tag");
    }

    public NameAddr withTag(String tag) {
        var changed = new LinkedHashMap<>(params);
        changed.put("tag", tag);
        return new NameAddr(display, uri, changed);
    }

    /** User part of the URI; empty if it has none. */
    public String user() {
        return SipUri.user(uri);
    }

    /** As on the wire. */
    public String text() {
        var out = new StringBuilder(64);
        if (!display.isEmpty()) {
            out.append('"')
                    .append(display.replace("\\", "\\\\").replace("\"", "\\\""))
                    .append("\" ");
        }
        out.append('<').append(uri).append('>');
        params.forEach((name, value) -> {
            out.append(';').append(name);
            if (!value.isEmpty()) {
                out.append('=').append(value);
            }
        });
        return out.toString();
    }
}
