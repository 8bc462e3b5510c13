package org.sempervox.cluster.directory;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
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

    private static void comeBack(EmbeddedStore store) {
        var flow = Flow.udp(1, "192.0.2.1", 5060);
        try (var nodes = Nodes.start(1, Optional.of(store.settings()))) {
            for (String number : List.of("1000", "1001", "1002")) {
                assertThat(Nodes.register(nodes.get(0), number, "sip:" + number + "@192.0.2.1", 1, flow)
                                .status())
                        .isEqualTo(200);
            }
        }
        try (var nodes = Nodes.start(2, Optional.of(store.settings()))) {
            var first = nodes.get(0);
            assertThat(first.directory().size()).isZero();
            ExtensionWaker.start(
                    first.system(),
                    NodeStore.of(first.system()).entities(ExtensionEntity.TYPE.name()),
                    first.directory(),
                    50);
            for (var node : nodes.all()) {
                Nodes.soon(
                        node,
                        () -> assertThat(node.directory().route("1002", Instant.now()))
                                .isInstanceOfSatisfying(
                                        Destination.Ring.class,
                                        ring -> assertThat(ring.targets())
                                                .containsExactly(new Destination.Target("sip:1002@192.0.2.1", flow))));
                Nodes.soon(node, () -> assertThat(node.directory().size()).isEqualTo(3));
            }
        }
    }
}
