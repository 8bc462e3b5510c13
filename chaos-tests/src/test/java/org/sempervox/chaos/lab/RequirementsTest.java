package org.sempervox.chaos.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class RequirementsTest {
    @Test
    void rootWithAllProgramsMissesNothing() {
        assertThat(Requirements.missing(0, _ -> true)).isEmpty();
    }

    @Test
    void saysWhatIsMissing() {
        assertThat(Requirements.missing(1000, _ -> true))
                .hasValueSatisfying(why -> assertThat(why).contains("root").contains("1000"));
        assertThat(Requirements.missing(0, program -> !program.equals("nft")))
                .hasValueSatisfying(why -> assertThat(why).contains("Debian package nftables"));
        assertThat(Requirements.missing(-1, _ -> true))
                .hasValueSatisfying(why -> assertThat(why).contains("Linux"));
    }

    @Test
    void eitherProgramCaptures() throws Exception {
        assertThat(Requirements.captureProgram(_ -> true)).isEqualTo("tcpdump");
        assertThat(Requirements.captureProgram("dumpcap"::equals)).isEqualTo("dumpcap");
        assertThatThrownBy(() -> Requirements.captureProgram(_ -> false))
                .isInstanceOf(LabRefusal.class)
                .hasMessageContaining("Debian package tcpdump");
    }

    @Test
    void readsHowManyPacketsACaptureMissed() {
        assertThat(Capture.dropped("4 packets captured\n5 packets received by filter\n17 packets dropped by kernel\n"))
                .isEqualTo(17);
        assertThat(Capture.dropped("Packets received/dropped on interface 'svlx': 5/3 (pcap:3/dumpcap:0)"))
                .isEqualTo(3);
    }
}
