package org.sempervox.chaos.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.sempervox.chaos.client.CallPair;
import org.sempervox.chaos.client.CallPair.Party;
import org.sempervox.chaos.client.CallPair.State;
import org.sempervox.chaos.client.GapReport;
import org.sempervox.chaos.cluster.ClusterProcess;
import org.sempervox.chaos.demo.Phones;

/** An office whose nodes are hosts of their own, behind one virtual address (fault g of the failover matrix, on the node that stands by). */
@Tag("chaos-fast")
class LabClusterIT {
    private static final int CALLS = 2;
    private static final Duration STEP = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofSeconds(33);
    private static final Duration COME_BACK = Duration.ofSeconds(60);

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    @BeforeEach
    void root() {
        Assumptions.assumeTrue("root".equals(System.getProperty("user.name")), "network namespaces need root");
    }

    private interface Story {
        void happens(Lab lab, LabCluster cluster, Phones phones) throws Exception;
    }

    @Test
    void callsGoOnWhileTheOtherFullNodeIsCutOffAndNothingIsLeft() throws Exception {
        inAnOffice(this::cutOff);
    }

    /** Decision 0017: the witness reaches both, so one of them goes on, and not neither. */
    @Test
    void callsGoOnWhileTheFullNodesHaveLostEachOtherOnly() throws Exception {
        inAnOffice(this::cutApart);
    }

    private void inAnOffice(Story story) throws Exception {
        Lab lab = Lab.create(folder.resolve("lab"), LabCluster.hosts("office", 0));
        try (lab) {
            Path pbx = Files.writeString(folder.resolve("phones.conf"), Phones.pbxFile(2 * CALLS));
            var arguments = List.of("--config", pbx.toString());
            try (LabCluster cluster = LabCluster.start(lab, folder.resolve("w"), arguments, List.of(), _ -> {});
                    Phones phones =
                            Phones.register(List.of(cluster.address()), 2 * CALLS, "127.0.0.1", cluster.outside())) {
                story.happens(lab, cluster, phones);
            }
        }
        assertThat(LabTraces.of(lab.bridge(), folder)).isEmpty();
        assertThat(Files.exists(lab.stateFile())).isFalse();
    }

    private void cutApart(Lab lab, LabCluster cluster, Phones phones) throws Exception {
        ClusterProcess process = cluster.process();
        List<CallPair> pairs = talking(phones);
        long stays = process.pid("n1");
        long pid = process.pid("n2");
        lab.cut("n1", "n2");
        awaitEnd(pid);
        finish(pairs);
        assertHardlySilent(pairs);
        // started again, it comes back as often as it likes: it hears the witness, but not the other full node
        call(phones, 0).finish(Party.CALLER, PATIENCE).get(120, TimeUnit.SECONDS);
        lab.heal();
        process.awaitServing("n2", pid, COME_BACK);
        assertThat(process.pid("n1")).as("one of two goes on").isEqualTo(stays);
        assertThat(phones.swarm().violations()).isEmpty();
    }

    private void cutOff(Lab lab, LabCluster cluster, Phones phones) throws Exception {
        ClusterProcess process = cluster.process();
        Capture capture = lab.capture(folder.resolve("captures"));
        assertThat(process.owner(cluster.address())).hasValue("n1");
        List<CallPair> pairs = talking(phones);
        long pid = process.pid("n2");
        lab.isolate("n2");
        awaitEnd(pid);
        assertHardlySilent(pairs);
        assertThat(process.owner(cluster.address())).hasValue("n1");
        lab.heal();
        finish(pairs);
        process.awaitServing("n2", pid, COME_BACK);
        assertThat(phones.swarm().violations()).isEmpty();
        Capture.Recording recording = capture.stop();
        assertThat(recording.dropped()).isZero();
        Speaking speaking = Speaking.of(recording.seen(), lab.serviceAddress(0));
        assertThat(speaking.packets().keySet()).containsExactly("n1");
        assertThat(speaking.overlaps(Duration.ofMillis(100))).isEmpty();
    }

    private static List<CallPair> talking(Phones phones) throws Exception {
        List<CallPair> pairs = new ArrayList<>();
        for (int i = 0; i < CALLS; i++) {
            pairs.add(call(phones, 2 * i));
        }
        pairs.forEach(CallPair::mark);
        return pairs;
    }

    private static void finish(List<CallPair> pairs) throws Exception {
        for (int i = 0; i < CALLS; i++) {
            var finished = pairs.get(i)
                    .finish(i % 2 == 0 ? Party.CALLER : Party.CALLEE, PATIENCE)
                    .get(120, TimeUnit.SECONDS);
            assertThat(finished.isOk()).as("%s", finished.steps()).isTrue();
        }
    }

    private static void assertHardlySilent(List<CallPair> pairs) {
        GapReport gaps = GapReport.of(pairs);
        assertThat(gaps.callerToCallee().max()).isLessThan(1000);
        assertThat(gaps.calleeToCaller().max()).isLessThan(1000);
    }

    private static void awaitEnd(long pid) throws Exception {
        var ended = ProcessHandle.of(pid).orElseThrow().onExit();
        assertThat(ended.get(20, TimeUnit.SECONDS).pid()).isEqualTo(pid);
    }

    private static CallPair call(Phones phones, int first) throws Exception {
        var made = CallPair.establish(
                        phones.get(first), Phones.number(first + 1), phones.get(first + 1), State.TALKING, STEP)
                .get(6 * STEP.toSeconds(), TimeUnit.SECONDS);
        assertThat(made.isOk()).as("%s", made.steps()).isTrue();
        return Objects.requireNonNull(made.pair());
    }
}
