package org.sempervox.chaos.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.sempervox.chaos.selftest.BrokenBuild;
import org.sempervox.cluster.settings.SettingsProblem;

class SelftestCommandTest {
    @Test
    void withoutNamesAllRunThatCanRunHereTheHealthyOnesFirst() throws Exception {
        assertThat(SelftestCommand.wanted(List.of()))
                .extracting(BrokenBuild::name)
                .startsWith("healthy-freeze", "healthy-kill")
                .contains("owed-forgotten", "one-way")
                .doesNotContain("address-spoken-by-two", "healthy-cut");
    }

    @Test
    void namedOnesRunAlone() throws Exception {
        assertThat(SelftestCommand.wanted(List.of("one-way", "fence-off")))
                .extracting(BrokenBuild::name)
                .containsExactly("fence-off", "one-way");
    }

    @Test
    void whatIsUnknownOrCannotRunIsRefused() {
        assertThatThrownBy(() -> SelftestCommand.wanted(List.of("no-such-build")))
                .isInstanceOf(SettingsProblem.class)
                .hasMessageContaining("no-such-build");
        assertThatThrownBy(() -> SelftestCommand.wanted(List.of("address-spoken-by-two")))
                .isInstanceOf(SettingsProblem.class)
                .hasMessageContaining("network of its own");
    }
}
