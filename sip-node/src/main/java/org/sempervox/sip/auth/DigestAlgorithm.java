package org.sempervox.sip.auth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Hash algorithms for digest authentication (RFC 7616 §3.2, RFC 8760), in the order in which they are offered.
 *
 * <p>MD5 comes first although RFC 8760 §2.4 wants the strongest on top: many phones and SIPp up to 3.6.1 read the first challenge only and
 * give up when they do not know its algorithm.
 */
enum DigestAlgorithm {
    MD5("MD5"),
    SHA256("SHA-256");

    private final String token;

    DigestAlgorithm(String token) {
        this.token = token;
    }

    String token() {
        return token;
    }

    /** By the algorithm parameter of credentials; absent means MD5 (RFC 7616 §3.4). */
    static Optional<DigestAlgorithm> of(String parameter) {
        if (parameter.isEmpty()) {
            return Optional.of(MD5);
        }
        for (DigestAlgorithm algorithm : values()) {
            if (algorithm.token.equalsIgnoreCase(parameter)) {
                return Optional.of(algorithm);
            }
        }
        return Optional.empty();
    }

    /** The request-digest for qop=auth (RFC 7616 §3.4.1), lower-case hexadecimal. */
    String response(
            String user,
            String realm,
            String password,
            String method,
            String uri,
            String nonce,
            String nc,
            String cnonce) {
        String ha1 = hash(user + ":" + realm + ":" + password);
        String ha2 = hash(method + ":" + uri);
        return hash(ha1 + ":" + nonce + ":" + nc + ":" + cnonce + ":auth:" + ha2);
    }

    private String hash(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance(token).digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(token + " is part of every JDK", e);
        }
    }
}
