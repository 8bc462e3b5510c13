package org.sempervox.cluster.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.net.Inet4Address;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sempervox.cluster.address.AddressMessages.Found;

/** rtnetlink(7), as a machine writes it that has the low octet first. */
class AddressMessagesTest {
    private static final Inet4Address HOST = Inet4Address.ofLiteral("10.1.2.3");
    private static final String LOCAL = "08000200" + "0a010203";
    private static final String ADDRESS = "08000100" + "0a010203";
    private static final String LABEL = "0d000300" + "657468303a73767800" + "000000";
    private static final String ETH0_HOST = "02200000" + "05000000";

    @BeforeEach
    void lowOctetFirst() {
        assumeThat(ByteOrder.nativeOrder()).isEqualTo(ByteOrder.LITTLE_ENDIAN);
    }

    @Test
    void addIsExclusiveAndAcknowledged() {
        assertThat(hex(AddressMessages.add(7, 5, "eth0:svx", HOST)))
                .isEqualTo(
                        "38000000" + "1400" + "0506" + "07000000" + "00000000" + ETH0_HOST + LOCAL + ADDRESS + LABEL);
    }

    @Test
    void removeNamesTheLabel() {
        assertThat(hex(AddressMessages.remove(8, 5, "eth0:svx", HOST)))
                .isEqualTo(
                        "38000000" + "1500" + "0500" + "08000000" + "00000000" + ETH0_HOST + LOCAL + ADDRESS + LABEL);
    }

    @Test
    void listAsksForIpv4OnAllDevices() {
        assertThat(hex(AddressMessages.list(9)))
                .isEqualTo("18000000" + "1600" + "0103" + "09000000" + "00000000" + "0200000000000000");
    }

    @Test
    void readsAddressesUntilTheEnd() {
        String flags = "08000800" + "80000000";
        String first =
                "40000000" + "1400" + "0200" + "09000000" + "12345678" + ETH0_HOST + ADDRESS + LOCAL + LABEL + flags;
        String unlabelled = "28000000" + "1400" + "0200" + "09000000" + "12345678" + "02188000" + "02000000"
                + "08000100" + "c0a80001" + "08000200" + "c0a80001";
        var found = new ArrayList<Found>();
        assertThat(read(first + unlabelled, found)).isNull();
        assertThat(found)
                .containsExactly(
                        new Found(5, HOST, 32, "eth0:svx"),
                        new Found(2, Inet4Address.ofLiteral("192.168.0.1"), 24, ""));
        assertThat(read("14000000" + "0300" + "0200" + "09000000" + "12345678" + "00000000", found))
                .isZero();
    }

    @Test
    void readsARefusal() {
        String exists = "24000000" + "0200" + "0001" + "09000000" + "12345678" + "efffffff" + "00".repeat(16);
        assertThat(read(exists, new ArrayList<>())).isEqualTo(KernelSocket.EEXIST);
        String done = "24000000" + "0200" + "0001" + "09000000" + "12345678" + "00000000" + "00".repeat(16);
        assertThat(read(done, new ArrayList<>())).isZero();
    }

    @Test
    void anAnswerToAnEarlierQuestionIsPassedOver() {
        String earlier = "24000000" + "0200" + "0001" + "08000000" + "12345678" + "efffffff" + "00".repeat(16);
        assertThat(read(earlier, new ArrayList<>())).isNull();
    }

    private static @Nullable Integer read(String hex, List<Found> found) {
        byte[] data = HexFormat.of().parseHex(hex);
        return AddressMessages.read(data, data.length, 9, found);
    }

    private static String hex(byte[] data) {
        return HexFormat.of().formatHex(data);
    }
}
