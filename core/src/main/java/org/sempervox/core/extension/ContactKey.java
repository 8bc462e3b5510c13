package org.sempervox.core.extension;

import java.util.Arrays;
import java.util.Locale;

/**
 * Identity of a binding: instance and reg-id where the phone gives both (RFC 5626 §6), else its contact URI.
 *
 * <p>URIs are compared as RFC 3261 §19.1.4 says, with one simplification that makes it an equivalence: every URI parameter counts,
 * also one that only one of the two has.
 */
final class ContactKey {
    private static final String MARKS = "-_.!~*'()";

    private ContactKey() {}

    static String of(String uri, String instance, int regId) {
        return instance.isEmpty() || regId <= 0 ? "uri " + normal(uri) : "instance " + instance + " " + regId;
    }

    /** Scheme, host and parameters in lower case, parameters in order, needless escapes gone; the user part keeps its case. */
    static String normal(String uri) {
        int question = uri.indexOf('?');
        String headers = question < 0 ? "" : uri.substring(question);
        String rest = question < 0 ? uri : uri.substring(0, question);
        int colon = rest.indexOf(':');
        String scheme = rest.substring(0, colon + 1).toLowerCase(Locale.ROOT);
        rest = rest.substring(colon + 1);
        int at = rest.lastIndexOf('@');
        String user = at < 0 ? "" : unescaped(rest.substring(0, at + 1));
        String[] parts = rest.substring(at + 1).split(";", -1);
        for (int i = 0; i < parts.length; i++) {
            parts[i] = unescaped(parts[i]).toLowerCase(Locale.ROOT);
        }
        Arrays.sort(parts, 1, parts.length);
        return scheme + user + String.join(";", parts) + headers;
    }

    private static String unescaped(String text) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        var out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int code = c == '%' && i + 2 < text.length() ? hex(text, i + 1) : -1;
            if (code < 0) {
                out.append(c);
            } else if (unreserved((char) code)) {
                out.append((char) code);
                i += 2;
            } else {
                out.append(text.substring(i, i + 3).toUpperCase(Locale.ROOT));
                i += 2;
            }
        }
        return out.toString();
    }

    private static int hex(String text, int from) {
        int high = Character.digit(text.charAt(from), 16);
        int low = Character.digit(text.charAt(from + 1), 16);
        return high < 0 || low < 0 ? -1 : high * 16 + low;
    }

    private static boolean unreserved(char c) {
        return c < 128 && (Character.isLetterOrDigit(c) || MARKS.indexOf(c) >= 0);
    }
}
