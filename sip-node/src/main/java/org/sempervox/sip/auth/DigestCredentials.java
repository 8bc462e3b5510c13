package org.sempervox.sip.auth;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The parameters of an Authorization or Proxy-Authorization value (RFC 7616 §3.4), quotes and escapes removed; names in lower case.
 */
record DigestCredentials(Map<String, String> params) {
    private static final int MAX_PARAMS = 24;

    /** Empty for another scheme, for broken syntax and for a parameter that comes twice. */
    static Optional<DigestCredentials> parse(String value) {
        if (!value.regionMatches(true, 0, "Digest ", 0, 7)) {
            return Optional.empty();
        }
        var params = new LinkedHashMap<String, String>();
        int at = 7;
        while (at < value.length()) {
            int equals = value.indexOf('=', at);
            if (equals < 0) {
                return value.substring(at).isBlank() ? Optional.of(new DigestCredentials(params)) : Optional.empty();
            }
            String name = value.substring(at, equals).strip().toLowerCase(Locale.ROOT);
            at = equals + 1;
            while (at < value.length() && value.charAt(at) == ' ') {
                at++;
            }
            var text = new StringBuilder();
            at = at < value.length() && value.charAt(at) == '"' ? quoted(value, at + 1, text) : token(value, at, text);
            if (at < 0
                    || name.isEmpty()
                    || params.size() >= MAX_PARAMS
                    || params.putIfAbsent(name, text.toString()) != null) {
                return Optional.empty();
            }
            while (at < value.length() && (value.charAt(at) == ' ' || value.charAt(at) == ',')) {
                at++;
            }
        }
        return Optional.of(new DigestCredentials(params));
    }

    String get(String name) {
        return params.getOrDefault(name, "");
    }

    private static int quoted(String value, int from, StringBuilder out) {
        for (int i = from; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"') {
                return i + 1;
            }
            if (c == '\\' && i + 1 < value.length()) {
                i++;
                c = value.charAt(i);
            }
            out.append(c);
        }
        return -1;
    }

    private static int token(String value, int from, StringBuilder out) {
        int end = value.indexOf(',', from);
        int stop = end < 0 ? value.length() : end;
        out.append(value, from, stop);
        int length = out.length();
        while (length > 0 && out.charAt(length - 1) == ' ') {
            length--;
        }
        out.setLength(length);
        return stop;
    }
}
