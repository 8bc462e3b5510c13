package org.sempervox.sip.auth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.sempervox.core.call.CallKeys;
import org.sempervox.core.extension.Credentials;
import org.sempervox.core.extension.DigestSecret;
import org.sempervox.core.sip.SipUri;

/**
 * Digest authentication of requests outside dialogs (RFC 3261 §22, RFC 7616, RFC 8760): SHA-256 and MD5, qop=auth. Stateless apart from
 * nonce counts and failure limits, so that a challenge of one node is answered at another. Thread-safe, never blocks.
 *
 * <p>A wrong password and an unknown user look alike: same challenge, same work, same refusal. A digest made with an old nonce or a
 * replayed count is right but stale, and a phone repeats it by itself.
 */
public final class DigestAuthenticator {
    /** In place of what a user without credentials has not; no digest made with it is granted. */
    private static final DigestSecret NOBODY = DigestSecret.of("", "", "");

    private final String realm;
    private final Credentials credentials;
    private final Nonces nonces;
    private final InstantSource clock;
    private final TokenBuckets failuresOfUser;
    private final TokenBuckets failuresOfSource;

    /** {@code failuresOfUser}: keyed source and user, {@code failuresOfSource}: keyed source. */
    public DigestAuthenticator(
            String realm,
            Credentials credentials,
            CallKeys keys,
            InstantSource clock,
            TokenBuckets failuresOfUser,
            TokenBuckets failuresOfSource) {
        this.realm = realm;
        this.credentials = credentials;
        this.nonces = new Nonces(keys.derivedKey("digest nonce"), realm);
        this.clock = clock;
        this.failuresOfUser = failuresOfUser;
        this.failuresOfSource = failuresOfSource;
    }

    /** Outcome of a check. */
    public sealed interface Verdict {
        record Granted(String user) implements Verdict {}

        /** Values for WWW-Authenticate or Proxy-Authenticate, one header each, in this order. */
        record Challenge(List<String> values) implements Verdict {}

        /** 403. */
        record Refused() implements Verdict {}

        /** Too many failures: no answer. */
        record Ignored() implements Verdict {}
    }

    /**
     * The part of a request that authentication looks at.
     *
     * @param credentials values of its Authorization and Proxy-Authorization headers
     * @param name the same for each retransmission of a request and for no other one
     * @param source host it came from
     */
    public record Attempt(List<String> credentials, String method, String uri, String name, String source) {
        public Attempt {
            credentials = List.copyOf(credentials);
        }
    }

    public Verdict check(Attempt attempt) {
        Optional<DigestCredentials> given = newest(ours(attempt.credentials()));
        if (given.isEmpty()) {
            return challenge(attempt, false);
        }
        DigestCredentials digest = given.get();
        String user = digest.get("username");
        String limited = attempt.source() + " " + user;
        if (!failuresOfUser.available(limited) || !failuresOfSource.available(attempt.source())) {
            return new Verdict.Ignored();
        }
        Nonces.State nonce = nonces.state(digest.get("nonce"), clock.millis());
        if (!right(digest, attempt)) {
            boolean userLeft = failuresOfUser.take(limited);
            boolean sourceLeft = failuresOfSource.take(attempt.source());
            boolean tryAgain = nonce != Nonces.State.FRESH && userLeft && sourceLeft;
            return tryAgain ? challenge(attempt, false) : new Verdict.Refused();
        }
        return used(digest, nonce, attempt) ? new Verdict.Granted(user) : challenge(attempt, true);
    }

    private boolean used(DigestCredentials digest, Nonces.State state, Attempt attempt) {
        String nonce = digest.get("nonce");
        String user = digest.get("username");
        long count = count(digest.get("nc"));
        return switch (state) {
            case FRESH -> nonces.use(nonce, user, count, attempt.name());
            case LATE -> nonces.useLate(nonce, user, count, attempt.name());
            case EXPIRED, FORGED -> false;
        };
    }

    private List<DigestCredentials> ours(List<String> values) {
        return values.stream()
                .map(DigestCredentials::parse)
                .flatMap(Optional::stream)
                .filter(digest -> digest.get("realm").equals(realm)
                        && DigestAlgorithm.of(digest.get("algorithm")).isPresent())
                .toList();
    }

    /**
     * A phone challenged by 401 and by 407 goes on sending both (RFC 3261 §22.3), and renews the one that it was challenged for: looking at
     * the other would call it stale for ever. Nonces begin with their time.
     */
    private Optional<DigestCredentials> newest(List<DigestCredentials> digests) {
        if (digests.size() <= 1) {
            return digests.stream().findFirst();
        }
        long now = clock.millis();
        return digests.stream()
                .filter(digest -> nonces.state(digest.get("nonce"), now) != Nonces.State.FORGED)
                .max(Comparator.comparing(digest -> digest.get("nonce")))
                .or(() -> Optional.of(digests.getFirst()));
    }

    private boolean right(DigestCredentials digest, Attempt attempt) {
        DigestAlgorithm algorithm = DigestAlgorithm.of(digest.get("algorithm")).orElse(DigestAlgorithm.MD5);
        Optional<DigestSecret> secret = credentials.of(digest.get("username"));
        String expected = algorithm.response(
                secret.orElse(NOBODY).ha1(algorithm.hash()),
                attempt.method(),
                digest.get("uri"),
                digest.get("nonce"),
                digest.get("nc"),
                digest.get("cnonce"));
        String given = digest.get("response").toLowerCase(Locale.ROOT);
        boolean equal = MessageDigest.isEqual(
                expected.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
        return equal
                && secret.isPresent()
                && digest.get("qop").equals("auth")
                && sameTarget(SipUri.user(digest.get("uri")), SipUri.user(attempt.uri()));
    }

    /** Some clients put only the host into their digest (SIPp, phones behind a proxy); such a digest names no other target. */
    private static boolean sameTarget(String digested, String requested) {
        return digested.isEmpty() || digested.equals(requested);
    }

    private Verdict challenge(Attempt attempt, boolean stale) {
        String nonce = nonces.make(clock.millis(), attempt.name());
        var values = new ArrayList<String>();
        for (DigestAlgorithm algorithm : DigestAlgorithm.values()) {
            values.add("Digest realm=\"" + realm + "\", nonce=\"" + nonce + "\", algorithm=" + algorithm.token()
                    + ", qop=\"auth\"" + (stale ? ", stale=true" : ""));
        }
        return new Verdict.Challenge(List.copyOf(values));
    }

    private static long count(String nc) {
        if (nc.length() != 8) {
            return 0;
        }
        long value = 0;
        for (int i = 0; i < nc.length(); i++) {
            int digit = Character.digit(nc.charAt(i), 16);
            if (digit < 0) {
                return 0;
            }
            value = value * 16 + digit;
        }
        return value;
    }
}
