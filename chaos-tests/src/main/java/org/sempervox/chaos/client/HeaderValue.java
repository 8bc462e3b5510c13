package org.sempervox.chaos.client;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reading the values of header fields: commas, name-addr and parameters, aware of quotes and angle brackets. */
final class HeaderValue {
    private HeaderValue() {}

    static List<String> split(String value, char separator) {
        List<String> parts = new ArrayList<>();
        boolean quoted = false;
        int depth = 0;
        int start = 0;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (quoted) {
                if (c == '\\') {
                    i++;
                } else if (c == '"') {
                    quoted = false;
                }
            } else if (c == '"') {
                quoted = true;
            } else if (c == '<') {
                depth++;
            } else if (c == '>') {
                depth = Math.max(0, depth - 1);
            } else if (c == separator && depth == 0) {
                parts.add(value.substring(start, i).trim());
                start = i + 1;
            }
        }
        String last = value.substring(start).trim();
        if (!last.isEmpty() || parts.isEmpty()) {
            parts.add(last);
        }
        return parts;
    }

    /** The parameter's value without quotes; empty for one without a value; null if it is not there. */
    static @Nullable String parameter(String value, String name) {
        List<String> parts = split(value, ';');
        for (int i = 1; i < parts.size(); i++) {
            String part = parts.get(i);
            int equals = part.indexOf('=');
            String key = equals < 0 ? part : part.substring(0, equals).trim();
            if (key.equalsIgnoreCase(name)) {
                return equals < 0 ? "" : unquote(part.substring(equals + 1).trim());
            }
        }
        return null;
    }

    static String unquote(String text) {
        if (text.length() < 2 || text.charAt(0) != '"' || text.charAt(text.length() - 1) != '"') {
            return text;
        }
        StringBuilder plain = new StringBuilder(text.length());
        for (int i = 1; i < text.length() - 1; i++) {
            char c = text.charAt(i);
            if (c == '\\' && i < text.length() - 2) {
                i++;
                c = text.charAt(i);
            }
            plain.append(c);
        }
        return plain.toString();
    }

    /** The URI of a name-addr or addr-spec. */
    static String uri(String value) {
        int open = value.lastIndexOf('<');
        int close = value.indexOf('>', open + 1);
        if (open >= 0 && close > open) {
            return value.substring(open + 1, close).trim();
        }
        return split(value, ';').getFirst();
    }

    /** The user part of the URI in the value, empty if there is none. */
    static String user(String value) {
        String uri = uri(value);
        int colon = uri.indexOf(':');
        int at = uri.indexOf('@');
        return at > colon && colon >= 0 ? uri.substring(colon + 1, at) : "";
    }

    /** The value without its tag parameter. */
    static String withoutTag(String value) {
        List<String> parts = split(value, ';');
        StringBuilder kept = new StringBuilder(parts.getFirst());
        for (int i = 1; i < parts.size(); i++) {
            if (!parts.get(i).toLowerCase(Locale.ROOT).startsWith("tag=")) {
                kept.append(';').append(parts.get(i));
            }
        }
        return kept.toString();
    }
}
