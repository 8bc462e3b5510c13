package org.sempervox.chaos.failover;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** Rows 1 to 8 and 20 of the failover matrix, all at once, on one cluster of real processes for each fault. */
@Tag("failover")
@Tag("chaos-fast")
class FailoverIT {
    /** Logs and the phones' trace of a run that went wrong stay here. */
    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path work;

    @ParameterizedTest
    @EnumSource(names = {"BUSIEST", "GRACEFUL", "FROZEN", "BOTH_IN_TURN"})
    void officeLosesNoCall(Fault fault) throws Exception {
        nothingLost("office", fault);
    }

    @ParameterizedTest
    @EnabledIfSystemProperty(named = "failover", matches = "all")
    @EnumSource(
            mode = Mode.EXCLUDE,
            names = {"BUSIEST", "GRACEFUL", "FROZEN", "BOTH_IN_TURN"})
    void officeLosesNoCallInTheOtherFaults(Fault fault) throws Exception {
        nothingLost("office", fault);
    }

    @ParameterizedTest
    @EnabledIfSystemProperty(named = "failover", matches = "all")
    @EnumSource
    void threeFullNodesLoseNoCall(Fault fault) throws Exception {
        nothingLost("3", fault);
    }

    private void nothingLost(String topology, Fault fault) throws Exception {
        FailoverReport report = new FailoverTrial(
                        work.resolve("w"), topology, "h2", FailoverTrial.callsPerRow(topology), System.out::println)
                .run(fault);
        assertThat(report.spread())
                .as("at least 20 %% on every full node: %s", report.load())
                .isTrue();
        assertThat(report.lost()).as("lost, see %s: %s", work, report.remarks()).isZero();
        assertThat(report.silent())
                .as("silent, see %s: %s", work, report.remarks())
                .isZero();
        assertThat(report.records()).satisfies(records -> {
            assertThat(records.found()).isEqualTo(records.expected());
            assertThat(records.wrong())
                    .as("wrong records: %s", report.remarks())
                    .isZero();
        });
        assertThat(report.newCallDelayMs().complete()).isTrue();
        assertThat(report.verdict()).as("see %s: %s", work, report.remarks()).isEqualTo("ok");
    }
}
