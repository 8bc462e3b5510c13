package org.sempervox.chaos.failover;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.sempervox.chaos.client.CallPair;
import org.sempervox.chaos.client.CallPair.Party;
import org.sempervox.chaos.client.GapReport;
import org.sempervox.chaos.cluster.ClusterProcess;
import org.sempervox.chaos.demo.Phones;

/** One virtual address for all full nodes, and nodes that join later (S15, S16). */
@Tag("failover")
class OneAddressIT {
    private static final Duration STEP = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofSeconds(33);
    private static final Duration COME_BACK = Duration.ofSeconds(40);

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    @Test
    void theDeathOfItsOwnerCostsNoCall() throws Exception {
        try (ClusterProcess cluster = start(6, List.of("--topology", "office"));
                Phones phones = Phones.register(cluster.addresses(), 6, "127.0.0.1")) {
            InetSocketAddress address = cluster.addresses().getFirst();
            assertThat(cluster.addresses()).hasSize(1);
            assertThat(cluster.fullNodes()).containsExactly("n1", "n2");
            assertThat(cluster.owner(address)).hasValue("n1");
            List<CallPair> pairs = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                pairs.add(TalkingPair.of(phones, 2 * i, STEP));
            }
            pairs.forEach(CallPair::mark);
            cluster.kill("n1");
            pairs.add(TalkingPair.of(phones, 4, STEP));
            GapReport gaps = GapReport.of(pairs.subList(0, 2));
            assertThat(cluster.owner(address)).hasValue("n2");
            assertThat(gaps.callerToCallee().max()).isLessThan(1000);
            assertThat(gaps.calleeToCaller().max()).isLessThan(1000);
            finish(pairs);
            assertThat(cluster.awaitRecords(3, Duration.ofSeconds(10))).hasSize(3);
            assertThat(phones.swarm().violations()).isEmpty();
        }
    }

    /** Its address is another's until it joins; the calls on it go on when it moves. */
    @Test
    void aSpareNodeJoinsAndTakesItsAddressHome() throws Exception {
        ClusterProcess cluster = start(4, List.of("--topology", "2", "--spare", "1"));
        ProcessHandle joined;
        try (cluster) {
            List<InetSocketAddress> addresses = cluster.addresses();
            assertThat(addresses).hasSize(3);
            assertThat(cluster.owner(addresses.get(2))).hasValue("n1");
            try (Phones phones = Phones.register(addresses.subList(2, 3), 4, "127.0.0.1")) {
                List<CallPair> pairs = new ArrayList<>();
                pairs.add(TalkingPair.of(phones, 0, STEP));
                pairs.forEach(CallPair::mark);
                cluster.join("n3", List.of());
                cluster.awaitServing("n3", -1, COME_BACK);
                assertThat(cluster.fullNodes()).containsExactly("n1", "n2", "n3");
                pairs.add(TalkingPair.of(phones, 2, STEP));
                assertThat(cluster.owner(addresses.get(2))).hasValue("n3");
                GapReport gaps = GapReport.of(pairs.subList(0, 1));
                assertThat(gaps.callerToCallee().max()).isLessThan(1000);
                assertThat(gaps.calleeToCaller().max()).isLessThan(1000);
                finish(pairs);
                assertThat(phones.swarm().violations()).isEmpty();
            }
            joined = ProcessHandle.of(cluster.pid("n3")).orElseThrow();
        }
        assertThat(joined.isAlive()).isFalse();
        assertThat(Files.readString(folder.resolve("w/n3.log"))).contains("Node left");
        assertThat(cluster.nodePids()).isEmpty();
    }

    private ClusterProcess start(int phones, List<String> topology) throws Exception {
        Path pbx = folder.resolve("phones.conf");
        Files.writeString(pbx, Phones.pbxFile(phones));
        var arguments = new ArrayList<>(topology);
        arguments.addAll(List.of("--config", pbx.toString()));
        if (topology.contains("office")) {
            long pid = ProcessHandle.current().pid();
            arguments.addAll(List.of("--sip", "127.%d.%d.10:5060".formatted(1 + pid / 250 % 120, 1 + pid % 250)));
        }
        return ClusterProcess.start(folder.resolve("w"), arguments, System.out::println);
    }

    private static void finish(List<CallPair> pairs) throws Exception {
        for (int i = 0; i < pairs.size(); i++) {
            var finished = pairs.get(i)
                    .finish(i % 2 == 0 ? Party.CALLER : Party.CALLEE, PATIENCE)
                    .get(120, TimeUnit.SECONDS);
            assertThat(finished.isOk()).as("%s", finished.steps()).isTrue();
        }
    }
}
