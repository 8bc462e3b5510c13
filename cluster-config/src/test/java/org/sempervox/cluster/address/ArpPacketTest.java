package org.sempervox.cluster.address;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet4Address;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class ArpPacketTest {
    private static final byte[] MAC = HexFormat.of().parseHex("0242ac110002");

    /** RFC 826: hardware Ethernet, protocol IPv4; RFC 5227 §3: sender and target protocol address are the announced one. */
    @Test
    void announcementIsARequestAndAReplyToEverybody_RFC5227_3() {
        List<byte[]> frames = ArpPacket.announcement(MAC, Inet4Address.ofLiteral("10.1.2.3"));
        assertThat(frames.stream().map(HexFormat.of()::formatHex))
                .containsExactly(
                        "ffffffffffff" + "0242ac110002" + "0806"
                                + "0001" + "0800" + "06" + "04" + "0001"
                                + "0242ac110002" + "0a010203" + "000000000000" + "0a010203",
                        "ffffffffffff" + "0242ac110002" + "0806"
                                + "0001" + "0800" + "06" + "04" + "0002"
                                + "0242ac110002" + "0a010203" + "0242ac110002" + "0a010203");
    }
}
