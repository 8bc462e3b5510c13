package org.sempervox.cluster.directory;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sempervox.cluster.journal.NodeStore;
import org.sempervox.cluster.store.EmbeddedStore;
import org.sempervox.core.extension.ExtensionEntity;
import org.sempervox.core.routing.Destination;
import org.sempervox.core.sip.Flow;

/** S25 after a stop of all nodes: nothing is known until the extensions have been woken from the store. */
class WholeRestartTest {
    @TempDir
    Path folder;

    @Test
    void bindingsComeBackFromTheStore() throws Exception {
        try (EmbeddedStore store = EmbeddedStore.start(folder)) {
            comeBack(store);
        }
    }

    private static void comeBack(EmbeddedStore store) throws Exception {
        var flow = Flow.udp(1, "192.0.2.1", 5060);
        try (var nodes = Nodes.start(1, Optional.of(store.settings()))) {
            for (String number : List.of("1000", "1001", "1002")) {
                assertThat(Nodes.register(nodes.get(0), number, "sip:" + number + "@192.0.2.1", 1, flow)
                                .status())
                        .isEqualTo(200);
            }
            for (int expires : new int[] {600, 0}) {
                Nodes.register(nodes.get(0), "1004", "sip:1004@192.0.2.1", expires, expires == 0 ? 2 : 1, flow);
            }
        }
        try (var nodes = Nodes.start(2, Optional.of(store.settings()))) {
            var first = nodes.get(0);
            assertThat(first.directory().size()).isZero();
            List<String> stored = NodeStore.of(first.system())
                    .entities(ExtensionEntity.TYPE.name())
                    .toCompletableFuture()
                    .get(10, TimeUnit.SECONDS);
            ExtensionWaker.start(
                    first.system(),
                    stored.stream().sorted(Comparator.reverseOrder()).toList(),
                    first.directory(),
                    1);
            assertThat(rings(first.directory(), "1003"))
                    .as("nobody ever registered it")
                    .isFalse();
            assertThat(rings(first.directory(), "1000"))
                    .as("the last one in the waker's order")
                    .isTrue();
            assertThat(rings(first.directory(), "1004")).as("was unregistered").isFalse();
            assertThat(first.directory().size()).as("woken by the call").isLessThan(4);
            for (var node : nodes.all()) {
                Nodes.soon(
                        node,
                        () -> assertThat(node.directory().route("1002", Instant.now()))
                                .isInstanceOfSatisfying(
                                        Destination.Ring.class,
                                        ring -> assertThat(ring.targets())
                                                .containsExactly(new Destination.Target("sip:1002@192.0.2.1", flow))));
                Nodes.soon(node, () -> assertThat(node.directory().size()).isEqualTo(4));
            }
        }
    }

    private static boolean rings(ReplicatedDirectory directory, String number) throws Exception {
        directory.known(number).toCompletableFuture().get(10, TimeUnit.SECONDS);
        return directory.route(number, Instant.now()) instanceof Destination.Ring;
    }
}
