package org.sempervox.chaos.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.Test;

final class DigestTest {
    private static final String RFC_7616_MIDDLE =
            "7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v:00000001:f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ:auth";

    private static Digest challenge(String header) {
        return Objects.requireNonNull(Digest.challenge(header));
    }

    @Test
    void rfc2617Section3_5() {
        assertThat(Digest.response(
                        "MD5",
                        "Mufasa:testrealm@host.com:Circle Of Life",
                        "GET:/dir/index.html",
                        "dcd98b7102dd2f0e8b11d0f600bfb0c093:00000001:0a4f113b:auth"))
                .isEqualTo("6629fae49393a05397450978507c4ef1");
    }

    @Test
    void rfc7616Section3_9_1() {
        String a1 = "Mufasa:http-auth@example.org:Circle of Life";
        assertThat(Digest.response("MD5", a1, "GET:/dir/index.html", RFC_7616_MIDDLE))
                .isEqualTo("8ca523f5e9506fed4657c9700eebdbec");
        assertThat(Digest.response("SHA-256", a1, "GET:/dir/index.html", RFC_7616_MIDDLE))
                .isEqualTo("753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1");
    }

    @Test
    void credentialsForTheVectorOfRfc7616() {
        Digest digest = challenge("Digest realm=\"http-auth@example.org\", qop=\"auth, auth-int\", "
                + "algorithm=SHA-256, nonce=\"7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v\", "
                + "opaque=\"FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS\"");
        assertThat(digest.credentials(
                        new Account("Mufasa", "Circle of Life", "example.org"),
                        "GET",
                        "/dir/index.html",
                        "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ"))
                .contains("response=\"753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1\"")
                .contains("nc=00000001")
                .contains("opaque=\"FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS\"")
                .contains("qop=auth,");
    }

    @Test
    void withoutQopAsInRfc2069() {
        Digest digest = challenge("Digest realm=\"testrealm@host.com\",nonce=\"dcd98b7102dd2f0e8b11d0f600bfb0c093\"");
        assertThat(digest.credentials(
                        new Account("Mufasa", "CircleOfLife", "host.com"), "GET", "/dir/index.html", "unused"))
                .contains("response=\"1949323746fe6a43ef61f9606e7febea\"")
                .doesNotContain("qop");
    }

    @Test
    void unknownAlgorithmsAreLeftAlone() {
        assertThat(Digest.challenge("Digest realm=\"x\", nonce=\"n\", algorithm=SHA-512-256"))
                .isNull();
        assertThat(Digest.challenge("Basic realm=\"x\"")).isNull();
    }
}
