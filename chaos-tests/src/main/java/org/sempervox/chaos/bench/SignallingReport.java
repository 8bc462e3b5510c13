package org.sempervox.chaos.bench;

import java.util.List;
import org.sempervox.chaos.bench.BenchCluster.StartTime;

/** What {@code bench signalling} has measured; units are in the names. */
record SignallingReport(Conditions conditions, List<Row> rows, String verdict) {
    SignallingReport {
        rows = List.copyOf(rows);
    }

    /**
     * One cluster.
     *
     * @param highestGoodRatePerS of the steps with no failed call and the wanted rate reached; 0 if there is none
     */
    record Row(
            int extensions,
            int pastCalls,
            String topology,
            StartTime startTime,
            Idle idle,
            Held held,
            int warmUpCalls,
            List<Step> steps,
            double highestGoodRatePerS) {
        Row {
            steps = List.copyOf(steps);
        }
    }

    /** Memory with so many established calls against the moment before, all nodes together; after the warm-up. */
    record Held(int calls, Kept before, Kept with, double liveHeapKiBPerCall, double rssKiBPerCall) {}

    /**
     * One rate.
     *
     * @param achievedRatePerS what the generator managed; below the wanted rate the processor was full
     * @param retransmissions of both sides' phones
     * @param meanSetupMs from the first INVITE to the 200, challenge included
     * @param cpuMsPerCall everything the product used between begin and end of the step, divided by the calls
     * @param othersPercent the machine's time that went to programs with no part in it
     */
    record Step(
            double ratePerS,
            double achievedRatePerS,
            long calls,
            long failed,
            long retransmissions,
            double meanSetupMs,
            CpuMs cpuMsPerCall,
            double generatorCpuMsPerCall,
            double othersPercent,
            String firstError) {
        boolean isGood() {
            return failed == 0;
        }

        /** Good, and the calls came as fast as wanted: a generator that cannot keep up, or waits for late answers, proves a lower rate only. */
        boolean isReached() {
            return isGood() && achievedRatePerS >= 0.9 * ratePerS;
        }
    }
}
