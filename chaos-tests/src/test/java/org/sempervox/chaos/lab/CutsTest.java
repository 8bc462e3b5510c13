package org.sempervox.chaos.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class CutsTest {
    private static final LabState STATE = LabState.plan(42, "x6", "10.213.7", List.of("n1", "n2", "w1"));

    @Test
    void namesAddressesAndHardwareFollowTheIdAndTheNetwork() {
        assertThat(STATE.bridge()).isEqualTo("svlx6");
        assertThat(STATE.outside()).isEqualTo("10.213.7.1");
        assertThat(STATE.host("n2"))
                .isEqualTo(new LabHost("n2", "svlabx6-n2", "svlx6n2", "10.213.7.12", "02:53:56:07:00:0c"));
        assertThatThrownBy(() -> STATE.host("n3"))
                .hasMessageContaining("no host n3")
                .hasMessageContaining("n1");
        assertThatThrownBy(() -> LabState.plan(42, "x6", "10.213.7", List.of("n1", "n1")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> LabState.plan(42, "x6", "10.213.7", List.of("longer-name")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theLongestNameFitsIntoAnInterface() {
        LabState longest = LabState.plan(4_194_303, Long.toString(4_194_303, 36) + "b", "10.213.250", List.of("node1"));
        assertThat(longest.host("node1").port()).hasSizeLessThanOrEqualTo(15);
        assertThat(longest.host("node1").hardware()).isEqualTo("02:53:56:fa:00:0b");
    }

    @Test
    void aSplitDropsBothWaysInOneTransaction() {
        assertThat(Cuts.NONE.split(List.of("n1"), List.of("n2", "w1")).rules(STATE))
                .isEqualTo("""
                table bridge svlx6 {}
                delete table bridge svlx6
                table bridge svlx6 {
                  chain between {
                    type filter hook forward priority 0; policy accept;
                    iifname "svlx6n1" oifname "svlx6n2" drop
                    iifname "svlx6n1" oifname "svlx6w1" drop
                    iifname "svlx6n2" oifname "svlx6n1" drop
                    iifname "svlx6w1" oifname "svlx6n1" drop
                  }
                }
                """);
    }

    @Test
    void oneWayAndLossComeTogetherAndRepetitionsChangeNothing() {
        Cuts cuts = Cuts.NONE.oneWay("n1", "n2").loss(5, List.of("n1", "w1"));
        assertThat(cuts.oneWay("n1", "n2").loss(5, List.of("w1", "n1"))).isEqualTo(cuts);
        assertThat(cuts.rules(STATE).lines().map(String::strip))
                .containsSubsequence(
                        "iifname \"svlx6n1\" oifname \"svlx6n2\" drop",
                        "iifname \"svlx6n1\" oifname \"svlx6w1\" numgen random mod 100 < 5 drop",
                        "iifname \"svlx6w1\" oifname \"svlx6n1\" numgen random mod 100 < 5 drop");
        assertThat(Cuts.NONE.loss(100, List.of("n1", "n2")).rules(STATE)).contains("oifname \"svlx6n2\" drop");
        assertThat(cuts.loss(0, List.of("n1", "w1"))).isEqualTo(Cuts.NONE.oneWay("n1", "n2"));
    }

    @Test
    void withoutCutsThereIsNoTable() {
        assertThat(Cuts.NONE.rules(STATE)).isEqualTo("""
                table bridge svlx6 {}
                delete table bridge svlx6
                """);
    }

    @Test
    void refusesWhatCannotBe() {
        assertThatThrownBy(() -> Cuts.NONE.split(List.of("n1"), List.of("n1")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Cuts.NONE.loss(101, List.of("n1", "n2")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("101");
    }
}
