package org.sempervox.chaos.client;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A digest challenge (RFC 7616, RFC 8760) and the answers to it. */
final class Digest {
    private final Map<String, String> fields;
    private int count;

    private Digest(Map<String, String> fields) {
        this.fields = fields;
    }

    /** Null if the scheme, the algorithm or the quality of protection is none this phone can do. */
    static @Nullable Digest challenge(String header) {
        if (!header.regionMatches(true, 0, "Digest ", 0, 7)) {
            return null;
        }
        Map<String, String> fields = new HashMap<>();
        for (String part : HeaderValue.split(header.substring(7), ',')) {
            int equals = part.indexOf('=');
            if (equals > 0) {
                fields.put(
                        part.substring(0, equals).trim().toLowerCase(Locale.ROOT),
                        HeaderValue.unquote(part.substring(equals + 1).trim()));
            }
        }
        Digest digest = new Digest(fields);
        boolean known = digest.algorithm().equals("MD5") || digest.algorithm().equals("SHA-256");
        boolean qop = digest.field("qop").isEmpty() || digest.offersAuth();
        return known && qop && !digest.nonce().isEmpty() ? digest : null;
    }

    private String field(String name) {
        return fields.getOrDefault(name, "");
    }

    private boolean offersAuth() {
        return List.of(field("qop").toLowerCase(Locale.ROOT).split("[ ,]+", -1)).contains("auth");
    }

    String algorithm() {
        String name = field("algorithm");
        return name.isEmpty() ? "MD5" : name.toUpperCase(Locale.ROOT);
    }

    String realm() {
        return field("realm");
    }

    String nonce() {
        return field("nonce");
    }

    boolean stale() {
        return field("stale").equalsIgnoreCase("true");
    }

    /** The value of an Authorization or Proxy-Authorization field; counts the nonce up. */
    String credentials(Account account, String method, String uri, String cnonce) {
        count++;
        String nc = "%08x".formatted(count);
        boolean qop = offersAuth();
        String response = response(
                algorithm(),
                account.user() + ":" + realm() + ":" + account.password(),
                method + ":" + uri,
                qop ? nonce() + ":" + nc + ":" + cnonce + ":auth" : nonce());
        StringBuilder text = new StringBuilder(256);
        text.append("Digest username=\"").append(account.user());
        text.append("\", realm=\"").append(realm());
        text.append("\", nonce=\"").append(nonce());
        text.append("\", uri=\"").append(uri);
        text.append("\", response=\"").append(response);
        text.append("\", algorithm=").append(algorithm());
        if (qop) {
            text.append(", qop=auth, nc=").append(nc);
            text.append(", cnonce=\"").append(cnonce).append('"');
        }
        if (fields.containsKey("opaque")) {
            text.append(", opaque=\"").append(field("opaque")).append('"');
        }
        return text.toString();
    }

    /** KD(H(A1), middle : H(A2)) of RFC 7616 §3.4.1. */
    static String response(String algorithm, String a1, String a2, String middle) {
        return hash(algorithm, hash(algorithm, a1) + ":" + middle + ":" + hash(algorithm, a2));
    }

    private static String hash(String algorithm, String text) {
        try {
            MessageDigest digest = MessageDigest.getInstance(algorithm);
            return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(algorithm, e);
        }
    }
}
