package org.sempervox.chaos.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.sempervox.chaos.sipp.Sipp;
import org.sempervox.cluster.settings.SettingsProblem;

/**
 * Each bench with little load on a cluster of real processes: the figures are there and nothing fails. {@code -Dbench=all} runs the one that
 * shares its parts with the others too.
 */
@Tag("bench")
class BenchIT {
    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path work;

    @BeforeAll
    static void needsSipp() {
        assumeTrue(sippIsInstalled(), "SIPp (Debian: sip-tester)");
    }

    private static boolean sippIsInstalled() {
        try {
            Sipp.find();
            return true;
        } catch (SettingsProblem missing) {
            return false;
        }
    }

    @Test
    void signalling() throws Exception {
        var load = new SignallingTrial.Load("1", List.of(20.0), 2, Duration.ofMillis(200), 1, 0);
        SignallingReport.Row row = new SignallingTrial(load, System.out::println).run(work, 200, 1000);
        SignallingReport.Step step = row.steps().getFirst();
        assertThat(step.failed()).as("see %s: %s", work, step.firstError()).isZero();
        assertThat(step.calls()).isEqualTo(40);
        assertThat(step.cpuMsPerCall().nodes()).isPositive();
        assertThat(row.idle().nodes().liveHeapMiB()).isGreaterThan(5);
        assertThat(row.startTime().nodeMs()).isPositive();
    }

    @Test
    @EnabledIfSystemProperty(named = "bench", matches = "all")
    void registrations() throws Exception {
        var load = new RegistrationsTrial.Load("1", 100, List.of(100.0), 1, 0, false);
        RegistrationsReport.Row row = new RegistrationsTrial(load, System.out::println).run(work, 100);
        assertThat(row.isGood()).as("see %s: %s", work, row).isTrue();
        assertThat(row.first().cpuMsPerRegistration().nodes()).isPositive();
    }

    @Test
    void media() throws Exception {
        MediaReport.Row row = new MediaTrial(1, 1, System.out::println).run(work, 10);
        assertThat(row.packets()).isEqualTo(1000);
        assertThat(row.lost()).as("%s", row).isLessThan(500);
        assertThat(row.addedDelayUs().p50()).isPositive();
    }
}
