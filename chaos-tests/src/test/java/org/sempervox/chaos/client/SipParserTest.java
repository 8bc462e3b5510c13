package org.sempervox.chaos.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.Test;

final class SipParserTest {
    @Test
    void takesCompactNamesFoldedLinesAndBareLineFeeds() {
        SipMessage message = Objects.requireNonNull(SipParser.parse("""
                INVITE sip:2@h SIP/2.0
                v: SIP/2.0/UDP a:1;branch=z9hG4bK1,
                 SIP/2.0/UDP b
                f: "A, B; <x>" <sip:1@h;transport=udp>;tag=77
                t: <sip:2@h>
                i: id
                CSEQ: 9 INVITE
                m: <sip:1@127.0.0.1:5070>

                v=0
                """));
        assertThat(message.values("Via")).containsExactly("SIP/2.0/UDP a:1;branch=z9hG4bK1", "SIP/2.0/UDP b");
        assertThat(message.branch()).isEqualTo("z9hG4bK1");
        assertThat(message.sentBy()).isEqualTo("a:1");
        assertThat(message.fromTag()).isEqualTo("77");
        assertThat(HeaderValue.user(message.get("From"))).isEqualTo("1");
        assertThat(message.toTag()).isEmpty();
        assertThat(message.cseq()).isEqualTo(9);
        assertThat(message.contact()).isEqualTo("sip:1@127.0.0.1:5070");
        assertThat(message.body()).isEqualTo("v=0\n");
    }

    @Test
    void rubbishIsNoMessage() {
        assertThat(SipParser.parse("\r\n\r\n")).isNull();
        assertThat(SipParser.parse("GET / HTTP/1.1\r\nHost: x\r\n\r\n")).isNull();
        assertThat(SipParser.parse("SIP/2.0 99 Low\r\n\r\n")).isNull();
    }

    @Test
    void urisWithLiterals() {
        SipUri uri = Objects.requireNonNull(SipUri.parse("sip:1;x=y@[::1]:5070;transport=udp;lr"));
        assertThat(uri).isEqualTo(new SipUri("1;x=y", "[::1]", 5070, true));
        assertThat(uri.numeric()).isNotNull();
        assertThat(Objects.requireNonNull(SipUri.parse("sip:example.org")).numeric())
                .isNull();
    }

    @Test
    void descriptionsWithSeveralStreams() {
        Sdp sdp = Objects.requireNonNull(Sdp.parse("""
                v=0
                o=- 1 1 IN IP4 10.0.0.1
                s=-
                c=IN IP4 10.0.0.1
                a=inactive
                t=0 0
                m=video 4000 RTP/AVP 96
                a=sendonly
                m=audio 4002 RTP/AVP 0
                c=IN IP4 10.0.0.2
                a=recvonly

                """));
        assertThat(sdp.host()).isEqualTo("10.0.0.2");
        assertThat(sdp.port()).isEqualTo(4002);
        assertThat(sdp.direction()).isEqualTo(Direction.RECVONLY);
        assertThat(Sdp.write(5, 1, "127.0.0.1", 6000, Direction.SENDONLY, sdp))
                .contains("m=video 0 RTP/AVP 96\r\nm=audio 6000 RTP/AVP 0 101\r\n");
    }
}
