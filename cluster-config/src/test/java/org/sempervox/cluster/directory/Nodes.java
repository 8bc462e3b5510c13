package org.sempervox.cluster.directory;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.BootstrapSetup;
import org.apache.pekko.actor.setup.ActorSystemSetup;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Join;
import org.sempervox.cluster.journal.StoreSetup;
import org.sempervox.cluster.settings.StoreSettings;
import org.sempervox.core.extension.ContactRequest;
import org.sempervox.core.extension.ExtensionEntity;
import org.sempervox.core.extension.RegisterReply;
import org.sempervox.core.extension.RegisterRequest;
import org.sempervox.core.routing.PbxFile;
import org.sempervox.core.routing.PbxReading;
import org.sempervox.core.sip.Flow;

/** A cluster in this JVM: ports chosen by the system, a journal in each node's memory unless another is given. */
final class Nodes implements AutoCloseable {
    private static final String CONFIG = """
            pekko {
              actor.provider = cluster
              remote.artery.canonical { hostname = "127.0.0.1", port = 0 }
              loglevel = WARNING
              persistence.journal.plugin = "pekko.persistence.journal.inmem"
              cluster {
                roles = [core]
                jmx.enabled = off
                gossip-interval = 100 ms
                leader-actions-interval = 100 ms
                periodic-tasks-initial-delay = 200 ms
                downing-provider-class = "org.apache.pekko.cluster.sbr.SplitBrainResolverProvider"
                sharding {
                  number-of-shards = 12
                  passivation.strategy = none
                  distributed-data.majority-min-cap = 1
                }
              }
              coordinated-shutdown { exit-jvm = off, run-by-actor-system-terminate = on }
            }
            """;

    private static final String STORE = """
            pekko.persistence.journal.plugin = "sempervox.journal.entities"
            pekko.persistence.snapshot-store.plugin = "sempervox.snapshots"
            """;

    record Node(ActorSystem<Void> system, ReplicatedDirectory directory, ShardedRegistrar registrar) {
        ShardedCallSlots slots() {
            return new ShardedCallSlots(system);
        }
    }

    private final List<Node> nodes = new ArrayList<>();

    private final List<ActorSystem<Void>> witnesses = new ArrayList<>();

    private final Optional<StoreSettings> store;

    private Nodes(Optional<StoreSettings> store) {
        this.store = store;
    }

    static Nodes start(int count) {
        return start(count, Optional.empty());
    }

    /** With a store that outlives the nodes. */
    static Nodes start(int count, Optional<StoreSettings> store) {
        var cluster = new Nodes(store);
        for (int i = 0; i < count; i++) {
            cluster.add();
        }
        return cluster;
    }

    Node get(int index) {
        return nodes.get(index);
    }

    List<Node> all() {
        return List.copyOf(nodes);
    }

    Node add() {
        var system = ActorSystem.create(Behaviors.<Void>empty(), "Directory", setup());
        var directory = ReplicatedDirectory.start(system, pbx());
        ExtensionEntity.init(system, new ExtensionEntity.Surroundings(directory, () -> true, Instant::now));
        var node = new Node(system, directory, new ShardedRegistrar(system, directory::settings));
        join(system);
        nodes.add(node);
        complete();
        return node;
    }

    /** A member that holds no directory. */
    void addWitness() {
        var witness = ActorSystem.create(
                Behaviors.<Void>empty(),
                "Directory",
                ConfigFactory.parseString("pekko.cluster.roles = []")
                        .withFallback(ConfigFactory.parseString(CONFIG))
                        .withFallback(ConfigFactory.load()));
        join(witness);
        witnesses.add(witness);
        complete();
    }

    private void join(ActorSystem<Void> system) {
        var first = nodes.isEmpty() ? system : nodes.getFirst().system();
        Cluster.get(system)
                .manager()
                .tell(Join.create(Cluster.get(first).selfMember().address()));
    }

    private void complete() {
        soon(nodes.getFirst(), () -> {
            for (var each : nodes) {
                assertThat(Cluster.get(each.system()).state().getMembers())
                        .hasSize(nodes.size() + witnesses.size())
                        .allMatch(member -> member.status().equals(MemberStatus.up()));
                assertThat(each.directory().reachable()).isEqualTo(nodes.size() - 1);
            }
        });
    }

    private ActorSystemSetup setup() {
        Config memory = ConfigFactory.parseString(CONFIG);
        return store.map(settings -> ActorSystemSetup.create(
                        BootstrapSetup.create(ConfigFactory.parseString(STORE)
                                .withFallback(memory)
                                .withFallback(ConfigFactory.parseResources("sempervox.conf")
                                        .withOnlyPath("sempervox"))
                                .withFallback(ConfigFactory.defaultReferenceUnresolved())
                                .resolve()),
                        new StoreSetup(settings)))
                .orElseGet(() ->
                        ActorSystemSetup.create(BootstrapSetup.create(memory.withFallback(ConfigFactory.load()))));
    }

    /** Leaves the cluster and ends. */
    void end(Node node) {
        nodes.remove(node);
        ActorTestKit.shutdown(node.system(), Duration.ofSeconds(20));
    }

    static PbxFile pbx() {
        var reading = PbxFile.read(ConfigFactory.parseString(
                "tenants.default.extensions = [ { range = \"1000-1999\", password = \"pw{number}\" } ]"));
        return ((PbxReading.Accepted) reading).file();
    }

    static RegisterReply register(Node node, String number, String contact, long cseq, Flow flow) {
        return register(node, number, contact, 600, cseq, flow);
    }

    /** {@code expires}: seconds; 0 to remove it. */
    static RegisterReply register(Node node, String number, String contact, int expires, long cseq, Flow flow) {
        var request = new RegisterRequest(
                number, "call-" + number, cseq, List.of(new ContactRequest(contact, expires, 1.0, "", 0)), false, flow);
        /* A cold node may take longer than the registrar waits; a phone would send the same request again. */
        return TestProbe.create(node.system()).awaitAssert(Duration.ofSeconds(20), Duration.ofMillis(20), () -> {
            var reply = node.registrar().register(request).toCompletableFuture();
            assertThat(reply).succeedsWithin(Duration.ofSeconds(10));
            return reply.resultNow();
        });
    }

    /** The edge of a test: here it may wait. */
    static <T> T await(CompletionStage<T> stage) {
        var future = stage.toCompletableFuture();
        assertThat(future).succeedsWithin(Duration.ofSeconds(10));
        return future.resultNow();
    }

    static void soon(Node node, Runnable check) {
        TestProbe.create(node.system()).awaitAssert(Duration.ofSeconds(20), Duration.ofMillis(20), () -> {
            check.run();
            return null;
        });
    }

    @Override
    public void close() {
        witnesses.forEach(witness -> ActorTestKit.shutdown(witness, Duration.ofSeconds(20)));
        List.copyOf(nodes).reversed().forEach(this::end);
    }
}
