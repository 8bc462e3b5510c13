package org.sempervox.chaos.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.sempervox.chaos.selftest.BrokenBuild;
import org.sempervox.cluster.settings.SettingsProblem;

class SelftestCommandTest {
    private static final Optional<String> NO_NETWORK = Optional.of("a network needs root");

    @Test
    void withoutNamesAllRunThatCanRunHereTheHealthyOnesFirst() throws Exception {
        assertThat(SelftestCommand.wanted(List.of(), NO_NETWORK))
                .extracting(BrokenBuild::name)
                .startsWith("healthy-freeze", "healthy-kill")
                .contains("owed-forgotten", "one-way")
                .doesNotContain("address-spoken-by-two", "healthy-cut");
    }

    @Test
    void withANetworkAllRun() throws Exception {
        assertThat(SelftestCommand.wanted(List.of(), Optional.empty()))
                .extracting(BrokenBuild::name)
                .contains("address-spoken-by-two", "healthy-cut");
    }

    @Test
    void namedOnesRunAlone() throws Exception {
        assertThat(SelftestCommand.wanted(List.of("one-way", "fence-off"), NO_NETWORK))
                .extracting(BrokenBuild::name)
                .containsExactly("fence-off", "one-way");
    }

    @Test
    void whatIsUnknownOrCannotRunIsRefused() {
        assertThatThrownBy(() -> SelftestCommand.wanted(List.of("no-such-build"), NO_NETWORK))
                .isInstanceOf(SettingsProblem.class)
                .hasMessageContaining("no-such-build");
        assertThatThrownBy(() -> SelftestCommand.wanted(List.of("address-spoken-by-two"), NO_NETWORK))
                .isInstanceOf(SettingsProblem.class)
                .hasMessageContaining("needs root");
    }
}
