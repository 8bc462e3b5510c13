package org.sempervox.sip.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.sempervox.core.sip.Flow;
import org.sempervox.core.sip.NameAddr;
import org.sempervox.core.sip.SipRequest;
import org.sempervox.core.sip.SipResponse;

class DecoderTest {
    private static final Flow SOURCE = Flow.udp(0, "192.0.2.9", 5070);

    private static final String INVITE = """
            INVITE sip:200@pbx.example;user=phone SIP/2.0
            Via: SIP/2.0/UDP 10.0.0.5:5060;branch=z9hG4bKabc;rport
            Max-Forwards: 70
            From: "Ann \\"A\\" Lee" <sip:100@pbx.example>;tag=f1
            To: <sip:200@pbx.example>
            Call-ID: call-1@10.0.0.5
            CSeq: 7 INVITE
            Contact: <sip:100@10.0.0.5:5060;Line=Ab>;+sip.instance="<urn:uuid:1>"
            Proxy-Authorization: Digest username="100"
            X-Note: one
            X-Note: two
            Content-Type: application/sdp
            Content-Length: 5

            v=0
            """;

    private static byte[] wire(String text) {
        return text.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
    }

    private static Decoded.Request request(String text) {
        Decoded decoded = Decoder.decode(wire(text), SOURCE);
        assertThat(decoded).isInstanceOf(Decoded.Request.class);
        return (Decoded.Request) decoded;
    }

    private static Decoded.Malformed malformed(String text) {
        Decoded decoded = Decoder.decode(wire(text), SOURCE);
        assertThat(decoded).isInstanceOf(Decoded.Malformed.class);
        return (Decoded.Malformed) decoded;
    }

    @Test
    void requestHasAllItsFields() {
        Decoded.Request decoded = request(INVITE);
        SipRequest invite = decoded.request();
        assertThat(invite.method()).isEqualTo("INVITE");
        assertThat(invite.uri()).isEqualTo("sip:200@pbx.example;user=phone");
        assertThat(invite.from().display()).isEqualTo("Ann \"A\" Lee");
        assertThat(invite.from().tag()).isEqualTo("f1");
        assertThat(invite.to().tag()).isNull();
        assertThat(invite.callId()).isEqualTo("call-1@10.0.0.5");
        assertThat(invite.cseq()).isEqualTo(7);
        assertThat(invite.contact())
                .isEqualTo(
                        new NameAddr("", "sip:100@10.0.0.5:5060;Line=Ab", Map.of("+sip.instance", "\"<urn:uuid:1>\"")));
        assertThat(invite.headers()).isEqualTo(Map.of("x-note", "one, two"));
        assertThat(invite.body()).isEqualTo("v=0\r\n");
        assertThat(invite.hasSdp()).isTrue();
        assertThat(decoded.credentials()).containsExactly("Digest username=\"100\"");
    }

    @Test
    void topmostViaTellsWhereThePacketCameFrom_RFC3581_4() {
        assertThat(request(INVITE).request().via())
                .containsExactly("SIP/2.0/UDP 10.0.0.5:5060;branch=z9hG4bKabc;rport=5070;received=192.0.2.9");
        assertThat(Vias.withSource("SIP/2.0/UDP 192.0.2.9;branch=z;received=1.1.1.1", "192.0.2.9", 5070))
                .isEqualTo("SIP/2.0/UDP 192.0.2.9;branch=z");
        assertThat(Vias.withSource("SIP / 2.0 / UDP phone.example : 5060 ;branch=z", "192.0.2.9", 5070))
                .isEqualTo("SIP / 2.0 / UDP phone.example : 5060;branch=z;received=192.0.2.9");
        assertThat(Vias.sentBy("SIP / 2.0 / UDP phone.example : 5060 ;branch=z"))
                .isEqualTo("phone.example:5060");
    }

    @Test
    void encodedAndDecodedAgainIsTheSame_S5() {
        SipRequest invite = request(INVITE).request();
        byte[] once = Encoder.encode(invite);
        assertThat(Decoder.decode(once, SOURCE))
                .isEqualTo(new Decoded.Request(
                        invite,
                        new RegisterContacts(false, List.of(java.util.Objects.requireNonNull(invite.contact()))),
                        List.of()));
        assertThat(Encoder.encode(((Decoded.Request) Decoder.decode(once, SOURCE)).request()))
                .isEqualTo(once);
    }

    @Test
    void encodedBytesAreFixed_S5() {
        var response = new SipResponse(
                486,
                "Busy Here",
                List.of("SIP/2.0/UDP a;branch=z9hG4bK1", "SIP/2.0/UDP b;branch=z9hG4bK2"),
                NameAddr.of("sip:1@a").withTag("x"),
                NameAddr.of("sip:2@b").withTag("y"),
                "c",
                3,
                "INVITE",
                List.of(NameAddr.of("sip:p;lr")),
                null,
                Map.of("retry-after", "5", "allow", "INVITE\r\nEvil: 1", "www-authenticate", "x"),
                null,
                "");
        assertThat(new String(Encoder.encode(response), StandardCharsets.UTF_8)).isEqualTo("""
                        SIP/2.0 486 Busy Here
                        Via: SIP/2.0/UDP a;branch=z9hG4bK1
                        Via: SIP/2.0/UDP b;branch=z9hG4bK2
                        Record-Route: <sip:p;lr>
                        From: <sip:1@a>;tag=x
                        To: <sip:2@b>;tag=y
                        Call-ID: c
                        CSeq: 3 INVITE
                        Allow: INVITE  Evil: 1
                        Retry-After: 5
                        WWW-Authenticate: x
                        Content-Length: 0

                        """.replace("\n", "\r\n"));
        assertThat(Decoder.decode(Encoder.encode(response), SOURCE)).isInstanceOf(Decoded.Response.class);
    }

    @Test
    void compactFoldedAndOddlySpacedFormsAreRead_RFC4475_3_1_1_1() {
        SipRequest request = request("""
                OPTIONS sip:vivekg@chair-dnrc.example.com;unknownparam SIP/2.0
                TO :
                 sip:vivekg@chair-dnrc.example.com ;   tag    = 1918181833n
                f   : "J Rosenberg \\\\\\""       <sip:jdrosen@example.com>
                  ;
                  tag = 98asjd8
                MaX-fOrWaRdS: 0068
                i: wsinv.ndaksdj@192.0.2.1
                cseq: 0009
                  OPTIONS
                v  : SIP  / 2.0
                  /UDP
                    192.0.2.2;branch=390skdjuw
                s :
                NewFangledHeader:   newfangled value
                 continued newfangled value
                UnknownHeaderWithUnusualValue: ;;,,;;,;
                m:"Quoted string \\"\\"" <sip:jdrosen@example.com> ; newparam =
                      newvalue ;
                  secondparam ; q = 0.33
                l: 0

                """).request();
        assertThat(request.to().uri()).isEqualTo("sip:vivekg@chair-dnrc.example.com");
        assertThat(request.to().tag()).isEqualTo("1918181833n");
        assertThat(request.from().display()).isEqualTo("J Rosenberg \\\"");
        assertThat(request.maxForwards()).isEqualTo(68);
        assertThat(request.cseq()).isEqualTo(9);
        assertThat(request.headers()).containsEntry("newfangledheader", "newfangled value continued newfangled value");
        assertThat(request.contact()).isNotNull();
        assertThat(request.branch()).isEqualTo("390skdjuw");
    }

    @Test
    void registerKeepsAllContacts() {
        String register = INVITE.replace("INVITE sip:200@pbx.example;user=phone", "REGISTER sip:pbx.example")
                .replace("7 INVITE", "7 REGISTER")
                .replace("X-Note: one", "m: <sip:100@b>;q=0.5, sip:100@c;expires=60");
        assertThat(request(register).contacts().contacts())
                .extracting(NameAddr::uri)
                .containsExactly("sip:100@10.0.0.5:5060;Line=Ab", "sip:100@b", "sip:100@c");
        String star = register.replaceAll("(?m)^(Contact|m): .*\n", "").replace("X-Note: two", "Contact: *");
        assertThat(request(star).contacts()).isEqualTo(new RegisterContacts(true, List.of()));
    }

    @Test
    void malformedRequestIsEchoedForA400() {
        Decoded.Malformed bad = malformed(INVITE.replace("Content-Length: 5", "Content-Length: 9999"));
        assertThat(bad.echo()).first().asString().contains("received=192.0.2.9");
        String answer = new String(Encoder.badRequest(bad.echo(), "t9"), StandardCharsets.UTF_8);
        assertThat(answer).startsWith("SIP/2.0 400 Bad Request\r\n").contains("To: <sip:200@pbx.example>;tag=t9\r\n");
        assertThat(Decoder.decode(Encoder.badRequest(bad.echo(), "t9"), SOURCE)).isInstanceOf(Decoded.Response.class);
    }

    @Test
    void whatBreaksTheGrammarIsMalformed_RFC4475_3_1_2() {
        assertThat(malformed(INVITE.replace("7 INVITE", "7 BYE")).why()).isEqualTo("method of CSeq");
        assertThat(malformed(INVITE.replace("7 INVITE", "2147483648 INVITE")).why())
                .isEqualTo("CSeq");
        malformed(INVITE.replace("CSeq: 7 INVITE\n", ""));
        malformed(INVITE.replace("Content-Length: 5", "Content-Length: -5"));
        malformed(INVITE.replace("<sip:200@pbx.example>", "<sip:200@pbx.example"));
        malformed(INVITE.replace("Max-Forwards: 70", "Max-Forwards: 256"));
        malformed(INVITE.replace(" SIP/2.0\nVia", " SIP/7.0\nVia"));
        malformed(INVITE.replace("sip:200@pbx.example;user=phone", "<sip:200@pbx.example>"));
        malformed(INVITE.replace("Max-Forwards: 70", "Max-Forwards: 70\nTo: <sip:3@c>"));
        malformed(INVITE.substring(0, INVITE.indexOf("\n\n")));
        assertThat(malformed(INVITE.replace("INVITE", "ACK").replace("<sip:200", "<<sip:200"))
                        .echo())
                .isEmpty();
    }

    @Test
    void lineEndsAloneAreKeepAlives() {
        assertThat(Decoder.decode(wire("\n\n"), SOURCE)).isEqualTo(new Decoded.KeepAlive());
        assertThat(Decoder.decode(new byte[0], SOURCE)).isEqualTo(new Decoded.KeepAlive());
    }

    /** Every input gives a result: bytes changed, cut, doubled and inserted at random. */
    @Test
    void garbageNeverThrows() {
        long seed = 20_240_611L;
        var random = new Random(seed);
        byte[] good = wire(INVITE);
        for (int round = 0; round < 20_000; round++) {
            byte[] bad = java.util.Arrays.copyOf(good, good.length - random.nextInt(2) * random.nextInt(good.length));
            for (int change = random.nextInt(8); change >= 0 && bad.length > 0; change--) {
                int at = random.nextInt(bad.length);
                switch (random.nextInt(3)) {
                    case 0 -> bad[at] = (byte) random.nextInt(256);
                    case 1 -> bad[at] = (byte) "<>\";:,()@\r\n \\%*".charAt(random.nextInt(15));
                    default -> System.arraycopy(good, random.nextInt(40), bad, at, Math.min(20, bad.length - at));
                }
            }
            assertThat(Decoder.decode(bad, SOURCE))
                    .as("seed %d round %d", seed, round)
                    .isNotNull();
        }
    }
}
