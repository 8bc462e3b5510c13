package org.sempervox.sip.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.sempervox.core.call.CallKeys;
import org.sempervox.core.extension.DigestHash;
import org.sempervox.core.extension.DigestSecret;
import org.sempervox.sip.auth.DigestAuthenticator.Attempt;
import org.sempervox.sip.auth.DigestAuthenticator.Verdict;

class DigestTest {
    private static final String REALM = "pbx.example";
    private static final CallKeys KEYS =
            new CallKeys("0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.UTF_8));

    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final DigestAuthenticator here = node();
    private final DigestAuthenticator there = node();

    private DigestAuthenticator node() {
        return new DigestAuthenticator(
                REALM,
                user -> user.equals("100") ? Optional.of(DigestSecret.of("100", REALM, "secret")) : Optional.empty(),
                KEYS,
                () -> now,
                new TokenBuckets(0.5, 5, 100, () -> now.toEpochMilli() * 1_000_000),
                new TokenBuckets(5, 20, 100, () -> now.toEpochMilli() * 1_000_000));
    }

    private static Attempt attempt(String name, String... credentials) {
        return new Attempt(List.of(credentials), "INVITE", "sip:200@pbx.example", name, "192.0.2.9");
    }

    private static List<String> challenge(Verdict verdict) {
        assertThat(verdict).isInstanceOf(Verdict.Challenge.class);
        return ((Verdict.Challenge) verdict).values();
    }

    private static String nonce(List<String> challenge) {
        return DigestCredentials.parse(challenge.get(0)).orElseThrow().get("nonce");
    }

    private static String credentials(DigestAlgorithm algorithm, String user, String password, String nonce, int nc) {
        return credentials(algorithm, user, password, nonce, nc, "sip:200@pbx.example");
    }

    private static String credentials(
            DigestAlgorithm algorithm, String user, String password, String nonce, int nc, String uri) {
        String count = String.format("%08x", nc);
        String response = algorithm.response(
                DigestSecret.of(user, REALM, password).ha1(algorithm.hash()), "INVITE", uri, nonce, count, "cn");
        return "Digest username=\"" + user + "\", realm=\"" + REALM + "\", nonce=\"" + nonce
                + "\", uri=\"" + uri + "\", response=\"" + response + "\", algorithm=" + algorithm.token()
                + ", cnonce=\"cn\", qop=auth, nc=" + count;
    }

    @Test
    void literalVectors_RFC7616_3_9_1() {
        String nonce = "7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v";
        String cnonce = "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ";
        assertThat(DigestAlgorithm.MD5.response(
                        DigestSecret.of("Mufasa", "http-auth@example.org", "Circle of Life")
                                .ha1(DigestHash.MD5),
                        "GET",
                        "/dir/index.html",
                        nonce,
                        "00000001",
                        cnonce))
                .isEqualTo("8ca523f5e9506fed4657c9700eebdbec");
        assertThat(DigestAlgorithm.SHA256.response(
                        DigestSecret.of("Mufasa", "http-auth@example.org", "Circle of Life")
                                .ha1(DigestHash.SHA256),
                        "GET",
                        "/dir/index.html",
                        nonce,
                        "00000001",
                        cnonce))
                .isEqualTo("753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1");
    }

    @Test
    void oldestAlgorithmIsOfferedFirstForClientsThatReadNoFurther() {
        List<String> offered = challenge(here.check(attempt("a")));
        assertThat(offered).hasSize(2);
        assertThat(offered.get(0)).contains("algorithm=MD5").contains("qop=\"auth\"");
        assertThat(offered.get(1)).contains("algorithm=SHA-256").doesNotContain("stale");
    }

    @Test
    void challengeOfOneNodeIsAnsweredAtAnother() {
        String nonce = nonce(challenge(here.check(attempt("a"))));
        assertThat(there.check(attempt("b", credentials(DigestAlgorithm.SHA256, "100", "secret", nonce, 1))))
                .isEqualTo(new Verdict.Granted("100"));
        assertThat(there.check(attempt("c", credentials(DigestAlgorithm.MD5, "100", "secret", nonce, 2))))
                .isEqualTo(new Verdict.Granted("100"));
    }

    @Test
    void replayedCountIsStaleButARetransmissionIsNot() {
        String nonce = nonce(challenge(here.check(attempt("a"))));
        String once = credentials(DigestAlgorithm.MD5, "100", "secret", nonce, 1);
        assertThat(here.check(attempt("b", once))).isEqualTo(new Verdict.Granted("100"));
        assertThat(here.check(attempt("b", once))).isEqualTo(new Verdict.Granted("100"));
        assertThat(challenge(here.check(attempt("c", once))).get(0)).contains("stale=true");
    }

    @Test
    void oldNonceIsStaleAndAForgedOneIsNot() {
        String nonce = nonce(challenge(here.check(attempt("a"))));
        now = now.plusSeconds(333);
        String late = credentials(DigestAlgorithm.MD5, "100", "secret", nonce, 1);
        assertThat(challenge(here.check(attempt("b", late))).get(0)).contains("stale=true");
        String wrong = credentials(DigestAlgorithm.MD5, "100", "guess", nonce, 1);
        assertThat(challenge(here.check(attempt("b", wrong))).get(0)).doesNotContain("stale");
        String forged = credentials(DigestAlgorithm.MD5, "100", "secret", nonce.replace('0', '1'), 1);
        assertThat(challenge(here.check(attempt("b", forged))).get(0)).contains("stale=true");
    }

    /** Else an INVITE whose nonce expires between two of its transmissions becomes two calls: its phone answers the challenge with a new one. */
    @Test
    void anExpiryBetweenTwoTransmissionsChallengesNobody() {
        String nonce = nonce(challenge(here.check(attempt("a"))));
        now = now.plusMillis(299_900);
        String invite = credentials(DigestAlgorithm.MD5, "100", "secret", nonce, 1);
        assertThat(here.check(attempt("b", invite))).isEqualTo(new Verdict.Granted("100"));
        now = now.plusMillis(500);
        assertThat(here.check(attempt("b", invite))).isEqualTo(new Verdict.Granted("100"));
        assertThat(there.check(attempt("b", invite)))
                .as("where its address has gone meanwhile")
                .isEqualTo(new Verdict.Granted("100"));
        assertThat(challenge(here.check(attempt("c", credentials(DigestAlgorithm.MD5, "100", "secret", nonce, 2))))
                        .get(0))
                .contains("stale=true");
        now = now.plusSeconds(32);
        assertThat(challenge(here.check(attempt("b", invite))).get(0)).contains("stale=true");
    }

    /** A phone that was challenged by 401 and by 407 sends what it knows of both, for as long as it runs. */
    @Test
    void newestOfTwoNoncesCounts() {
        String registered = nonce(challenge(here.check(attempt("a"))));
        now = now.plusSeconds(333);
        String old = credentials(DigestAlgorithm.MD5, "100", "secret", registered, 1);
        String fresh = nonce(challenge(here.check(attempt("b", old))));
        String right = credentials(DigestAlgorithm.MD5, "100", "secret", fresh, 1);
        String foreign = credentials(DigestAlgorithm.MD5, "100", "secret", "zzz", 1);
        assertThat(here.check(attempt("c", old, right))).isEqualTo(new Verdict.Granted("100"));
        assertThat(there.check(attempt("c", right, old))).isEqualTo(new Verdict.Granted("100"));
        assertThat(node().check(attempt("c", foreign, right))).isEqualTo(new Verdict.Granted("100"));
    }

    @Test
    void wrongPasswordAndUnknownUserLookAlike() {
        String nonce = nonce(challenge(here.check(attempt("a"))));
        assertThat(here.check(attempt("b", credentials(DigestAlgorithm.MD5, "100", "guess", nonce, 1))))
                .isEqualTo(new Verdict.Refused());
        assertThat(here.check(attempt("b", credentials(DigestAlgorithm.MD5, "999", "guess", nonce, 1))))
                .isEqualTo(new Verdict.Refused());
        assertThat(here.check(attempt(
                        "b", credentials(DigestAlgorithm.MD5, "999", "no such user has this password", nonce, 2))))
                .isEqualTo(new Verdict.Refused());
    }

    @Test
    void credentialsOfAnotherTargetAreRefused() {
        String nonce = nonce(challenge(here.check(attempt("a"))));
        String stolen = credentials(DigestAlgorithm.MD5, "100", "secret", nonce, 1);
        assertThat(here.check(new Attempt(List.of(stolen), "INVITE", "sip:0900@pbx.example", "b", "192.0.2.9")))
                .isEqualTo(new Verdict.Refused());
    }

    @Test
    void digestOverTheHostOnlyIsGood() {
        String nonce = nonce(challenge(here.check(attempt("a"))));
        String host = credentials(DigestAlgorithm.MD5, "100", "secret", nonce, 1, "sip:192.0.2.1:5060");
        assertThat(here.check(attempt("b", host))).isEqualTo(new Verdict.Granted("100"));
    }

    @Test
    void failuresAreLimitedPerUserOfASource() {
        String nonce = nonce(challenge(here.check(attempt("a"))));
        String guess = credentials(DigestAlgorithm.MD5, "100", "guess", nonce, 1);
        for (int i = 0; i < 5; i++) {
            assertThat(here.check(attempt("b", guess))).isEqualTo(new Verdict.Refused());
        }
        String right = credentials(DigestAlgorithm.MD5, "100", "secret", nonce, 2);
        assertThat(here.check(attempt("b", right))).isEqualTo(new Verdict.Ignored());
        now = now.plusSeconds(2);
        assertThat(here.check(attempt("b", right))).isEqualTo(new Verdict.Granted("100"));
    }

    @Test
    void otherRealmsAndSchemesAndBrokenSyntaxAreChallenged() {
        for (String value : List.of(
                "Basic abc",
                "Digest",
                "Digest ",
                "Digest realm=\"other\", username=\"100\"",
                "Digest realm=\"pbx.example",
                "Digest realm=\"pbx.example\", realm=\"pbx.example\"",
                "Digest realm=\"pbx.example\", algorithm=SHA-512-256",
                "Digest =,=,=")) {
            challenge(here.check(attempt("a", value)));
        }
    }
}
