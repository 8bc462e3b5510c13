package org.sempervox.cluster.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sempervox.cluster.Eventually;
import org.sempervox.cluster.FreePorts;
import org.sempervox.cluster.membership.HaltSetup;
import org.sempervox.cluster.settings.NodeFile;
import org.sempervox.cluster.settings.Secrets;
import org.sempervox.cluster.store.EmbeddedStore;
import org.sempervox.core.extension.ContactRequest;
import org.sempervox.core.extension.RegisterReply;
import org.sempervox.core.extension.RegisterRequest;
import org.sempervox.core.extension.Registrar;
import org.sempervox.core.sip.Flow;

/** S30: shards that nobody has used yet get their home while full nodes come and go, without waiting for the nodes that cannot answer. */
class NewShardsTest {
    private static final Duration LIMIT = Duration.ofSeconds(40);

    /** A write that waits for a node in vain is given up after {@code updating-state-timeout}, 5 s. */
    private static final Duration PLACED = Duration.ofSeconds(3);

    @TempDir
    Path folder;

    private final List<Node> nodes = new CopyOnWriteArrayList<>();
    private final List<String> halts = new CopyOnWriteArrayList<>();
    private final List<CompletableFuture<Void>> held = new ArrayList<>();
    private final List<CompletableFuture<Node>> joining = new ArrayList<>();
    private Optional<EmbeddedStore> store = Optional.empty();
    private Path config = Path.of("");

    @BeforeEach
    void start() throws Exception {
        EmbeddedStore hosted = EmbeddedStore.start(folder.resolve("store"));
        store = Optional.of(hosted);
        int port = FreePorts.row(3);
        Files.writeString(folder.resolve("pbx.conf"), "tenants.default.extensions = [ { range = \"1000-1011\" } ]");
        Secrets.write(folder.resolve("cluster.key"), Secrets.hexKey(32));
        Secrets.write(folder.resolve("password"), hosted.settings().password());
        config = folder.resolve("cluster.conf");
        Files.writeString(config, """
                sempervox {
                  realm = "example.org", work-folder = ".", key-file = "cluster.key", pbx-file = "pbx.conf"
                  seeds = ["127.0.0.1:%3$d", "127.0.0.1:%1$d", "127.0.0.1:%2$d"]
                  addresses = [
                    { host = "127.0.0.11", port = 5060, media-ports = [10000, 20001], home = "n1" }
                    { host = "127.0.0.12", port = 5060, media-ports = [20002, 30003], home = "n2" }
                  ]
                  store { kind = h2, host = "127.0.0.1", port = %4$d, password-file = "password" }
                  nodes {
                    n1 { roles = [core, sip, media, console], host = "127.0.0.1", port = %1$d }
                    n2 { roles = [core, sip, media, console], host = "127.0.0.1", port = %2$d }
                    w1 { roles = [witness], host = "127.0.0.1", port = %3$d }
                  }
                }
                pekko.coordinated-shutdown.run-by-actor-system-terminate = off
                """.formatted(
                        port, port + 1, port + 2, hosted.settings().port()));
        node("w1", Node.Join.FORM);
    }

    @AfterEach
    void stop() throws Exception {
        held.forEach(parts -> parts.complete(null));
        joining.forEach(node -> assertThat(node).succeedsWithin(LIMIT));
        nodes.forEach(Node::abort);
        if (store.isPresent()) {
            store.get().close();
        }
    }

    @Test
    void aNodeThatIsAMemberButHasNotStartedYetDelaysNone() throws Exception {
        Node serving = node("n1", Node.Join.OTHERS);
        assertThat(register(serving, 1000))
                .succeedsWithin(LIMIT)
                .extracting(RegisterReply::status)
                .isEqualTo(200);
        held.add(HeldRole.hold("n2"));
        joining.add(CompletableFuture.supplyAsync(() -> joining("n2")));
        Eventually.holds(
                "n2 is up",
                LIMIT,
                () -> serving.membership().members().all().stream()
                        .anyMatch(peer -> peer.name().equals("n2") && peer.up()));

        for (int extension = 1001; extension < 1004; extension++) {
            assertThat(register(serving, extension))
                    .succeedsWithin(PLACED)
                    .extracting(RegisterReply::status)
                    .isEqualTo(200);
        }

        assertThat(joining.getFirst()).isNotDone();
        held.getFirst().complete(null);
        awaitServing(serving, Set.of("n1", "n2"));
        assertThat(register(serving, 1004)).succeedsWithin(PLACED);
        assertThat(halts).isEmpty();
    }

    @Test
    void aNodeThatDiedDelaysThemNoLongerThanUntilItIsRemoved() throws Exception {
        Node serving = node("n1", Node.Join.OTHERS);
        Node dying = node("n2", Node.Join.OTHERS);
        awaitServing(serving, Set.of("n1", "n2"));
        assertThat(register(serving, 1000)).succeedsWithin(LIMIT);
        assertThat(register(dying, 1001)).succeedsWithin(LIMIT);

        dying.abort();

        for (int extension = 1002; extension < 1006; extension++) {
            registerAsPhonesDo(serving, extension);
        }
        assertThat(halts).isEmpty();
    }

    /** A request that was on its way to the dead node is lost with it; phones repeat it after T1 (RFC 3261 §17.1.2.2). */
    private static void registerAsPhonesDo(Node node, int extension) throws Exception {
        var noAnswer = new RegisterReply(0, List.of(), 0);
        Eventually.holds(
                "extension " + extension + " is registered",
                PLACED,
                () -> register(node, extension)
                                .completeOnTimeout(noAnswer, 500, TimeUnit.MILLISECONDS)
                                .join()
                                .status()
                        == 200);
    }

    private static CompletableFuture<RegisterReply> register(Node node, int extension) {
        var contact = new ContactRequest("sip:" + extension + "@192.0.2.1", 600, 1.0, "", 0);
        var request = new RegisterRequest(
                Integer.toString(extension),
                "call-" + extension,
                1,
                List.of(contact),
                false,
                Flow.udp(1, "192.0.2.1", 5060));
        return node.context().parts().need(Registrar.class).register(request).toCompletableFuture();
    }

    private Node joining(String name) {
        try {
            return node(name, Node.Join.OTHERS);
        } catch (Exception e) {
            throw new CompletionException(e);
        }
    }

    private Node node(String name, Node.Join join) throws Exception {
        Node node = Node.start(
                NodeFile.read(config, Optional.of(name)), join, new HaltSetup(why -> halts.add(name + ": " + why)));
        nodes.add(node);
        return node;
    }

    private static void awaitServing(Node node, Set<String> names) throws Exception {
        Eventually.holds(
                "serving " + names,
                LIMIT,
                () -> node.context().ownership().serving().equals(names));
    }
}
