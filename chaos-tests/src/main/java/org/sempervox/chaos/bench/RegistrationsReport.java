package org.sempervox.chaos.bench;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sempervox.chaos.bench.BenchCluster.StartTime;

/** What {@code bench registrations} has measured; units are in the names. */
record RegistrationsReport(Conditions conditions, List<Row> rows, String verdict) {
    RegistrationsReport {
        rows = List.copyOf(rows);
    }

    /**
     * One cluster.
     *
     * @param liveHeapKiBPerRegistration while its extension is awake, which it is for two minutes after a REGISTER
     * @param asleepHeapKiBPerRegistration afterwards, if that was asked for
     * @param first each phone once
     * @param refreshes of bindings that are known, a step for each rate
     */
    record Row(
            int registrations,
            String topology,
            StartTime startTime,
            Idle idle,
            int warmUpRegistrations,
            Kept before,
            Kept with,
            double liveHeapKiBPerRegistration,
            double rssKiBPerRegistration,
            @Nullable Double asleepHeapKiBPerRegistration,
            Step first,
            List<Step> refreshes) {
        Row {
            refreshes = List.copyOf(refreshes);
        }

        boolean isGood() {
            return first.failed() == 0 && refreshes.getFirst().failed() == 0;
        }
    }

    /** One rate. A registration is REGISTER, 401, REGISTER with digest, 200. */
    record Step(
            double ratePerS,
            double achievedRatePerS,
            long registrations,
            long failed,
            long retransmissions,
            double meanMs,
            CpuMs cpuMsPerRegistration,
            double generatorCpuMsPerRegistration,
            double othersPercent,
            String firstError) {}
}
