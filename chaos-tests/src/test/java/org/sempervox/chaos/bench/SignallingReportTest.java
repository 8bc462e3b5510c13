package org.sempervox.chaos.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.sempervox.chaos.bench.SignallingReport.Step;
import org.sempervox.chaos.usage.Usage;

class SignallingReportTest {
    @Test
    void cpuPerCallKnowsWhatIdlingCosts() {
        var idle = new Idle(50, 10, Kept.NONE, Kept.NONE);
        assertThat(CpuMs.of(new Usage(20, 3000, 1000, 500, 0), idle, 1000)).isEqualTo(new CpuMs(3, 1, 4, 2.8));
    }

    @Test
    void aRateThatWasNotReachedProvesNothing() {
        assertThat(step(500, 442, 0).isGood()).isTrue();
        assertThat(step(500, 442, 0).isReached()).isFalse();
        assertThat(step(500, 499, 0).isReached()).isTrue();
        assertThat(step(500, 499, 1).isReached()).isFalse();
    }

    private static Step step(double wanted, double achieved, long failed) {
        return new Step(wanted, achieved, 5000, failed, 0, 5, new CpuMs(2, 1, 3, 2.8), 0.2, 0, "");
    }
}
