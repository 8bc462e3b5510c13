package org.sempervox.chaos.bench.micro;

import java.nio.charset.StandardCharsets;
import org.sempervox.core.sip.Flow;
import org.sempervox.core.sip.SipRequest;
import org.sempervox.core.sip.SipResponse;
import org.sempervox.sip.codec.Decoded;
import org.sempervox.sip.codec.Decoder;

/** Packets of a usual call, as a desk phone sends them. */
final class Messages {
    static final Flow CALLER = Flow.udp(0, "192.0.2.1", 5060);
    static final Flow CALLEE = Flow.udp(0, "192.0.2.2", 5060);

    private static final String SDP = """
            v=0
            o=- 3975842311 3975842311 IN IP4 192.0.2.1
            s=call
            c=IN IP4 192.0.2.1
            t=0 0
            m=audio 40000 RTP/AVP 9 8 0 101
            a=rtpmap:9 G722/8000
            a=rtpmap:8 PCMA/8000
            a=rtpmap:0 PCMU/8000
            a=rtpmap:101 telephone-event/8000
            a=fmtp:101 0-16
            a=ptime:20
            a=sendrecv
            """;

    static final byte[] INVITE = packet("""
            INVITE sip:101@office.example SIP/2.0
            Via: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bK-524287-1---a2f6c3e0d1b4;rport
            Max-Forwards: 70
            From: "Ann Lee" <sip:100@office.example>;tag=8f3a1c22
            To: <sip:101@office.example>
            Call-ID: 3c26700a5b7e-qz0x1vkw@192.0.2.1
            CSeq: 2 INVITE
            Contact: <sip:100@192.0.2.1:5060>
            Allow: INVITE, ACK, CANCEL, BYE, OPTIONS, NOTIFY, REFER, UPDATE
            Supported: replaces, timer
            User-Agent: Desk phone 1.0
            Authorization: Digest username="100", realm="office", nonce="a8f1c0", uri="sip:101@office.example", response="6629fae49393a05397450978507c4ef1", algorithm=MD5, qop=auth, nc=00000001, cnonce="0a4f113b"
            Content-Type: application/sdp
            """, SDP);

    static final byte[] OK = packet("""
            SIP/2.0 200 OK
            Via: SIP/2.0/UDP 127.0.0.11:5060;branch=z9hG4bKabcdefghijklmnopqrst
            From: "Ann Lee" <sip:100@office.example>;tag=abcdefghijklmnopqrst.1.abcdefghij
            To: <sip:101@office.example>;tag=b7c1d9e2
            Call-ID: abcdefghijklmnopqrst@abcdefgh
            CSeq: 1 INVITE
            Contact: <sip:101@192.0.2.2:5060>
            Allow: INVITE, ACK, CANCEL, BYE, OPTIONS, NOTIFY, REFER, UPDATE
            Server: Desk phone 1.0
            Content-Type: application/sdp
            """, SDP);

    static final byte[] BYE = packet("""
            BYE sip:101@127.0.0.11:5060 SIP/2.0
            Via: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bK-524287-1---b3e7d4f1e2c5;rport
            Max-Forwards: 70
            From: "Ann Lee" <sip:100@office.example>;tag=8f3a1c22
            To: <sip:101@office.example>;tag=abcdefghijklmnopqrst.0.abcdefghij
            Call-ID: 3c26700a5b7e-qz0x1vkw@192.0.2.1
            CSeq: 3 BYE
            User-Agent: Desk phone 1.0
            """, "");

    private Messages() {}

    static SipRequest request(byte[] packet) {
        return ((Decoded.Request) Decoder.decode(packet, CALLER)).request();
    }

    static SipResponse response(byte[] packet) {
        return ((Decoded.Response) Decoder.decode(packet, CALLEE)).response();
    }

    private static byte[] packet(String head, String body) {
        String lines = body.replace("\n", "\r\n");
        return (head.replace("\n", "\r\n") + "Content-Length: " + lines.length() + "\r\n\r\n" + lines)
                .getBytes(StandardCharsets.US_ASCII);
    }
}
