package org.sempervox.cluster.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sempervox.cluster.Eventually;
import org.sempervox.cluster.FreePorts;
import org.sempervox.cluster.membership.HaltSetup;
import org.sempervox.cluster.settings.NodeFile;
import org.sempervox.cluster.settings.Secrets;

/** Two nodes that serve addresses and a witness in one process (S16, S23); without parts, only membership is looked at. */
class ThreeNodesTest {
    private static final Duration LIMIT = Duration.ofSeconds(40);

    @TempDir
    Path folder;

    private final List<Node> nodes = new ArrayList<>();
    private final List<String> halts = new CopyOnWriteArrayList<>();
    private Path config = Path.of("");

    @BeforeEach
    void start() throws Exception {
        int port = FreePorts.row(3);
        Files.writeString(folder.resolve("pbx.conf"), "tenants.default.extensions = []");
        Secrets.write(folder.resolve("cluster.key"), Secrets.hexKey(32));
        Secrets.write(folder.resolve("password"), "unused");
        config = folder.resolve("cluster.conf");
        Files.writeString(config, """
                sempervox {
                  realm = "example.org", work-folder = ".", key-file = "cluster.key", pbx-file = "pbx.conf"
                  seeds = ["127.0.0.1:%3$d", "127.0.0.1:%1$d", "127.0.0.1:%2$d"]
                  addresses = [
                    { host = "127.0.0.11", port = 5060, media-ports = [10000, 20001], home = "n1" }
                    { host = "127.0.0.12", port = 5060, media-ports = [20002, 30003], home = "n2" }
                  ]
                  store { kind = h2, host = "127.0.0.1", port = 1, password-file = "password" }
                  nodes {
                    n1 { roles = [sip, media], host = "127.0.0.1", port = %1$d }
                    n2 { roles = [sip, media], host = "127.0.0.1", port = %2$d }
                    w1 { roles = [witness], host = "127.0.0.1", port = %3$d }
                  }
                }
                pekko.coordinated-shutdown.run-by-actor-system-terminate = off
                """.formatted(port, port + 1, port + 2));
        nodes.add(node("w1", Node.Join.FORM));
        nodes.add(node("n1", Node.Join.OTHERS));
        nodes.add(node("n2", Node.Join.OTHERS));
        for (Node node : nodes) {
            awaitServing(node, Set.of("n1", "n2"));
        }
    }

    @AfterEach
    void stop() {
        nodes.forEach(Node::abort);
    }

    @Test
    void theAddressOfAKilledNodeMovesAndTheNodeIsRemoved() throws Exception {
        Node witness = nodes.get(0);
        Node survivor = nodes.get(1);
        assertThat(survivor.context().ownership().owner(1)).hasValue("n2");
        assertThat(survivor.context().fence().open()).isTrue();

        nodes.get(2).abort();

        for (Node node : List.of(witness, survivor)) {
            awaitServing(node, Set.of("n1"));
            assertThat(node.context().ownership().owner(1)).hasValue("n1");
            Eventually.holds(
                    "n2 is removed",
                    LIMIT,
                    () -> node.membership().members().all().size() == 2);
        }
        assertThat(survivor.context().fence().open()).isTrue();
        assertThat(witness.context().fence().open()).isTrue();
        assertThat(halts).isEmpty();
    }

    @Test
    void aDrainingNodeServesNoMoreAndLeavesInOrder() throws Exception {
        nodes.get(2).drain();
        for (Node node : List.of(nodes.get(0), nodes.get(1))) {
            awaitServing(node, Set.of("n1"));
            Eventually.holds(
                    "n2 has left",
                    LIMIT,
                    () -> node.membership().members().all().size() == 2);
        }
        assertThat(halts).isEmpty();
    }

    @Test
    void anActorOfTheOwnerIsReachedWithoutLookUp() throws Exception {
        var heard = new CopyOnWriteArrayList<String>();
        NodeContext owner = nodes.get(2).context();
        owner.parts()
                .need(LocalActors.class)
                .spawn(
                        Behaviors.receiveMessage((String text) -> {
                            heard.add(text);
                            return Behaviors.same();
                        }),
                        "ear");
        Optional<ActorRef<String>> remote = nodes.get(1).context().ownership().ownerActor(1, "ear", String.class);
        remote.orElseThrow().tell("from n1");
        owner.ownership().ownerActor(1, "ear", String.class).orElseThrow().tell("from n2");
        Eventually.holds("both arrive", LIMIT, () -> heard.containsAll(List.of("from n1", "from n2")));
    }

    private Node node(String name, Node.Join join) throws Exception {
        return Node.start(
                NodeFile.read(config, Optional.of(name)), join, new HaltSetup(why -> halts.add(name + ": " + why)));
    }

    private static void awaitServing(Node node, Set<String> names) throws Exception {
        Eventually.holds(
                "serving " + names,
                LIMIT,
                () -> node.context().ownership().serving().equals(names));
    }
}
