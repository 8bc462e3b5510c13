package org.sempervox.cluster.directory;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.sempervox.core.extension.PublishedBinding;
import org.sempervox.core.routing.Destination;
import org.sempervox.core.sip.Flow;

class ReplicatedDirectoryTest {
    private static final long SEED = 26;

    /** S25, S26: what a phone registered anywhere is known everywhere when it gets its 200, and outlives the node that took it. */
    @Test
    void registrationIsKnownToAllNodesAndOutlivesOne() {
        var random = new Random(SEED);
        try (var nodes = Nodes.start(3)) {
            var expected = new TreeMap<String, Destination.Target>();
            for (int i = 0; i < 60; i++) {
                String number = String.valueOf(1000 + random.nextInt(40));
                var flow = Flow.udp(random.nextInt(3), "192.0.2." + random.nextInt(200), 5060);
                String contact = "sip:" + number + "@192.0.2.1";
                var reply = Nodes.register(nodes.get(random.nextInt(3)), number, contact, i + 1, flow);
                assertThat(reply.status()).isEqualTo(200);
                expected.put(number, new Destination.Target(contact, flow));
                for (var node : nodes.all()) {
                    assertThat(ring(node, number)).containsExactly(expected.get(number));
                }
            }
            assertSlots(nodes);

            var newcomer = nodes.add();
            Nodes.await(newcomer.directory().load());
            expected.forEach(
                    (number, target) -> assertThat(ring(newcomer, number)).containsExactly(target));

            nodes.end(nodes.get(random.nextInt(3)));
            nodes.end(nodes.get(random.nextInt(2)));
            for (var node : nodes.all()) {
                expected.forEach(
                        (number, target) -> assertThat(ring(node, number)).containsExactly(target));
            }
        }
    }

    /** A node that comes back knows all bindings before it serves, and soon: a witness has none to ask for. */
    @Test
    void newcomerDoesNotWaitForAWitness() {
        try (var nodes = Nodes.start(1)) {
            nodes.addWitness();
            var flow = Flow.udp(0, "192.0.2.1", 5060);
            assertThat(Nodes.register(nodes.get(0), "1000", "sip:1000@192.0.2.1", 1, flow)
                            .status())
                    .isEqualTo(200);
            var newcomer = nodes.add();
            assertThat(newcomer.directory().load()).succeedsWithin(Duration.ofSeconds(5));
            assertThat(newcomer.directory().knows("1000")).isTrue();
        }
    }

    private static void assertSlots(Nodes nodes) {
        assertThat(Nodes.await(nodes.get(0).slots().reserve("1000", "c1", 1))).isTrue();
        assertThat(Nodes.await(nodes.get(1).slots().reserve("1000", "c1", 1))).isTrue();
        assertThat(Nodes.await(nodes.get(2).slots().reserve("1000", "c2", 1))).isFalse();
        Nodes.await(nodes.get(2).slots().release("1000", "c1"));
        assertThat(Nodes.await(nodes.get(2).slots().reserve("1000", "c2", 1))).isTrue();
        assertThat(Nodes.register(nodes.get(0), "7777", "sip:x@h", 1, Flow.udp(0, "h", 1))
                        .status())
                .isEqualTo(404);
    }

    /** A node that the writer could not tell learns it from the replicated buckets. */
    @Test
    void missedNewsComesWithTheBuckets() {
        try (var nodes = Nodes.start(2)) {
            var writer = nodes.get(0);
            var binding = new PublishedBinding(
                    "sip:a", 1, Instant.now(), Instant.now().plusSeconds(60), Flow.udp(0, "h", 1));
            writer.directory().forgetPeers();
            Nodes.await(writer.directory().publish("1000", 5, List.of(binding)));
            Nodes.soon(
                    nodes.get(1), () -> assertThat(ring(nodes.get(1), "1000")).hasSize(1));
            Nodes.await(nodes.get(1).directory().publish("1000", 4, List.of()));
            for (var node : nodes.all()) {
                assertThat(ring(node, "1000")).hasSize(1);
            }
        }
    }

    private static List<Destination.Target> ring(Nodes.Node node, String number) {
        return node.directory().route(number, Instant.now()) instanceof Destination.Ring ring
                ? ring.targets()
                : new ArrayList<>();
    }
}
