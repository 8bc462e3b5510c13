package org.sempervox.core.extension;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Hash functions of digest authentication (RFC 7616 §3.2). */
public enum DigestHash {
    MD5("MD5"),
    SHA256("SHA-256");

    private final String token;

    DigestHash(String token) {
        this.token = token;
    }

    /** As in the algorithm parameter of a challenge. */
    public String token() {
        return token;
    }

    /** Lower-case hexadecimal. */
    public String of(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance(token).digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(token + " is part of every JDK", e);
        }
    }
}
