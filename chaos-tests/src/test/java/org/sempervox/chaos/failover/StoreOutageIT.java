package org.sempervox.chaos.failover;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.sempervox.chaos.client.Call;
import org.sempervox.chaos.client.CallPair;
import org.sempervox.chaos.client.CallPair.Party;
import org.sempervox.chaos.client.GapReport;
import org.sempervox.chaos.client.Outcome;
import org.sempervox.chaos.cluster.ClusterProcess;
import org.sempervox.chaos.demo.Phones;

/** Fault j of the failover matrix (S28): the store stands still, or loses one of three. */
@Tag("failover")
class StoreOutageIT {
    private static final int CALLS = 6;
    private static final Duration PATIENCE = Duration.ofSeconds(33);
    private static final Duration STEP = Duration.ofSeconds(20);
    private static final Duration STANDSTILL = Duration.ofSeconds(10);

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    @Test
    void embeddedStoreStandsStillForTenSeconds() throws Exception {
        try (ClusterProcess cluster = start("h2");
                Phones phones = phones(cluster)) {
            standsStill(cluster, phones, List.of(cluster.launcherPid()));
        }
    }

    /** One start, as it is dear: first one of three dies, then all stand still. */
    @Test
    void cassandraLosesOneAndThenStandsStill() throws Exception {
        try (ClusterProcess cluster = start("cassandra");
                Phones phones = phones(cluster)) {
            CallPair before = TalkingPair.of(phones, 2 * CALLS, STEP);
            cluster.kill("c2");
            CallPair during = TalkingPair.of(phones, 2 * CALLS + 2, STEP);
            for (CallPair pair : List.of(before, during)) {
                var finished = pair.finish(Party.CALLEE, PATIENCE).get(120, TimeUnit.SECONDS);
                assertThat(finished.isOk()).as("%s", finished.steps()).isTrue();
            }
            cluster.awaitPid("c2", Duration.ofSeconds(60));
            standsStill(cluster, phones, List.of(cluster.pid("c1"), cluster.pid("c2"), cluster.pid("c3")));
        }
    }

    private ClusterProcess start(String store) throws Exception {
        CassandraAssumption.on(store);
        Path pbx = folder.resolve("phones.conf");
        Files.writeString(pbx, Phones.pbxFile(2 * CALLS + 8));
        return ClusterProcess.start(
                folder.resolve("w"), List.of("--config", pbx.toString(), "--store", store), _ -> {});
    }

    private static Phones phones(ClusterProcess cluster) throws Exception {
        return Phones.register(cluster.addresses(), 2 * CALLS + 8, "127.0.0.1");
    }

    /** Nobody is cut off, BYEs wait, new calls are put off and none is told 481. */
    private static void standsStill(ClusterProcess cluster, Phones phones, List<Long> store) throws Exception {
        int before = cluster.records().size();
        List<CallPair> pairs = new ArrayList<>();
        for (int i = 0; i < CALLS; i++) {
            pairs.add(TalkingPair.of(phones, 2 * i, STEP));
        }
        List<CallPair> ending = pairs.subList(0, 2);
        List<CallPair> going = pairs.subList(2, CALLS);
        going.forEach(CallPair::mark);
        Call first;
        CompletableFuture<Outcome> late = new CompletableFuture<>();
        try (ScheduledExecutorService clock = Executors.newScheduledThreadPool(1)) {
            for (long pid : store) {
                ClusterProcess.signal("STOP", pid);
            }
            var byes = ending.stream().map(pair -> pair.caller().bye(PATIENCE)).toList();
            first = phones.get(2 * CALLS + 4).call(Phones.number(2 * CALLS + 5));
            var _ = clock.schedule(
                    () -> {
                        var ringing = phones.get(2 * CALLS + 6)
                                .call(Phones.number(2 * CALLS + 7))
                                .ringing(PATIENCE);
                        var _ = ringing.thenAccept(late::complete);
                    },
                    STANDSTILL.toMillis() / 2,
                    TimeUnit.MILLISECONDS);
            var goesOn = clock.schedule(
                    () -> {
                        for (long pid : store) {
                            ClusterProcess.signal("CONT", pid);
                        }
                        return true;
                    },
                    STANDSTILL.toMillis(),
                    TimeUnit.MILLISECONDS);
            assertThat(goesOn.get(30, TimeUnit.SECONDS)).isTrue();
            for (CompletableFuture<Outcome> bye : byes) {
                assertThat(bye.get(60, TimeUnit.SECONDS).isOk()).as("%s", bye).isTrue();
            }
        }
        GapReport gaps = GapReport.of(going);
        System.out.println("audio gaps while the store stood still: " + gaps);
        assertThat(gaps.callerToCallee().max()).isLessThan(500);
        assertThat(gaps.calleeToCaller().max()).isLessThan(500);
        Outcome rings = first.ringing(PATIENCE).get(60, TimeUnit.SECONDS);
        assertThat(rings.isOk()).as("%s", rings).isTrue();
        Outcome put = late.get(60, TimeUnit.SECONDS);
        assertThat(put).as("put off").isEqualTo(new Outcome.Failed(503, "Service Unavailable"));
        for (int i = 0; i < going.size(); i++) {
            var finished = going.get(i)
                    .finish(i % 2 == 0 ? Party.CALLER : Party.CALLEE, PATIENCE)
                    .get(180, TimeUnit.SECONDS);
            assertThat(finished.isOk()).as("%s", finished.steps()).isTrue();
        }
        TalkingPair.of(phones, 2 * CALLS, STEP).finish(Party.CALLER, PATIENCE).get(180, TimeUnit.SECONDS);
        assertThat(cluster.awaitRecords(before + CALLS + 1, Duration.ofSeconds(20)))
                .hasSizeGreaterThanOrEqualTo(before + CALLS + 1);
        assertThat(phones.swarm().violations()).isEmpty();
    }
}
