package org.sempervox.chaos.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PcapFileTest {
    private static final String LITTLE = "d4c3b2a1 0200 0400 00000000 00000000 60000000 01000000";
    private static final String BIG_NANOS = "a1b23c4d 0002 0004 00000000 00000000 00000060 00000001";

    /** 10.213.7.11:47771 to 10.213.7.1:5000, three bytes. */
    private static final String UDP = "02535607000a 02535607000b 0800 4500001f 1a2b4000 40110000 0ad5070b 0ad50701"
            + " ba9b 1388 000b 0000 68690a";

    private static final String FRAGMENT = "02535607000a 02535607000b 0800 4500001f 1a2b0010 40110000 0ad5070b 0ad50701"
            + " ba9b 1388 000b 0000 68690a";
    private static final String TCP = UDP.replace("40110000", "40060000");

    /** RFC 826: who has 10.213.7.100 tell 10.213.7.100. */
    private static final String ARP =
            "ffffffffffff 02535607000b 0806 0001 0800 06 04 0001 02535607000b 0ad50764" + " 000000000000 0ad50764";

    @TempDir
    Path folder;

    @Test
    void readsArpAndUdpAndPassesOverTheRest() throws IOException {
        Path file = file(
                LITTLE,
                "00f15365 40e20100 2d000000 2d000000",
                UDP,
                "00f15365 41e20100 2a000000 2a000000",
                ARP,
                "00f15365 42e20100 2d000000 2d000000",
                TCP,
                "00f15365 42e20100 2d000000 2d000000",
                FRAGMENT);
        assertThat(PcapFile.read(file, "n1"))
                .containsExactly(
                        new Seen.Udp(
                                Instant.ofEpochSecond(1_700_000_000, 123_456_000),
                                "n1",
                                at("10.213.7.11", 47_771),
                                at("10.213.7.1", 5000)),
                        new Seen.Arp(
                                Instant.ofEpochSecond(1_700_000_000, 123_457_000),
                                "n1",
                                false,
                                "10.213.7.100",
                                "10.213.7.100"));
    }

    @Test
    void readsNanosecondsAndTheOtherByteOrder() throws IOException {
        Path file = file(BIG_NANOS, "6553f100 075bcd15 0000002d 0000002d", UDP);
        assertThat(PcapFile.read(file, "n1"))
                .extracting(Seen::at)
                .containsExactly(Instant.ofEpochSecond(1_700_000_000, 123_456_789));
    }

    @Test
    void leavesOutARecordThatIsNotWhole() throws IOException {
        Path file = file(LITTLE, "00f15365 40e20100 2d000000 2d000000", UDP, "00f15365 40e20100 2d000000");
        assertThat(PcapFile.read(file, "n1")).hasSize(1);
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, 24 + 16 + 20));
        assertThat(PcapFile.read(file, "n1")).isEmpty();
    }

    @Test
    void refusesWhatIsNoCapture() throws IOException {
        Path other = file("0a0d0d0a 00000000 00000000 00000000 00000000 00000000");
        assertThatThrownBy(() -> PcapFile.read(other, "n1"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("classic pcap");
        Path cooked = file(LITTLE.replace("60000000 01000000", "60000000 71000000"));
        assertThatThrownBy(() -> PcapFile.read(cooked, "n1")).hasMessageContaining("link type");
        Path huge = file(LITTLE, "00f15365 40e20100 ffffff7f ffffff7f");
        assertThatThrownBy(() -> PcapFile.read(huge, "n1")).hasMessageContaining("a record of");
    }

    private Path file(String... hex) throws IOException {
        byte[] bytes = HexFormat.of().parseHex(String.join("", hex).replace(" ", ""));
        return Files.write(Files.createTempFile(folder, "x", ".pcap"), bytes);
    }

    private static InetSocketAddress at(String host, int port) {
        return new InetSocketAddress(InetAddress.ofLiteral(host), port);
    }
}
