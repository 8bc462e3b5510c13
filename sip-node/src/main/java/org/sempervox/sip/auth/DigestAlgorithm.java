package org.sempervox.sip.auth;

import java.util.Optional;
import org.sempervox.core.extension.DigestHash;

/**
 * Hash algorithms for digest authentication (RFC 7616 §3.2, RFC 8760), in the order in which they are offered.
 *
 * <p>MD5 comes first although RFC 8760 §2.4 wants the strongest on top: many phones and SIPp up to 3.6.1 read the first challenge only and
 * give up when they do not know its algorithm.
 */
enum DigestAlgorithm {
    MD5(DigestHash.MD5),
    SHA256(DigestHash.SHA256);

    private final DigestHash hash;

    DigestAlgorithm(DigestHash hash) {
        this.hash = hash;
    }

    DigestHash hash() {
        return hash;
    }

    String token() {
        return hash.token();
    }

    /** By the algorithm parameter of credentials; absent means MD5 (RFC 7616 §3.4). */
    static Optional<DigestAlgorithm> of(String parameter) {
        if (parameter.isEmpty()) {
            return Optional.of(MD5);
        }
        for (DigestAlgorithm algorithm : values()) {
            if (algorithm.token().equalsIgnoreCase(parameter)) {
                return Optional.of(algorithm);
            }
        }
        return Optional.empty();
    }

    /** The request-digest for qop=auth (RFC 7616 §3.4.1), lower-case hexadecimal. */
    String response(String ha1, String method, String uri, String nonce, String nc, String cnonce) {
        String ha2 = hash.of(method + ":" + uri);
        return hash.of(ha1 + ":" + nonce + ":" + nc + ":" + cnonce + ":auth:" + ha2);
    }
}
