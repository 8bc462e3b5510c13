package org.sempervox.media;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.SpawnProtocol;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.sempervox.cluster.node.NodeContext;
import org.sempervox.cluster.node.NodeParts;
import org.sempervox.cluster.node.NodeRole;
import org.sempervox.cluster.node.NodeSettings;
import org.sempervox.core.address.AddressPlan;
import org.sempervox.core.address.ServiceAddress;
import org.sempervox.core.call.CallKeys;
import org.sempervox.core.media.MediaGateway;
import org.sempervox.core.media.MediaPlan;
import org.sempervox.core.media.MediaReport;
import org.sempervox.media.relay.Phone;

/** Two media nodes in one JVM, from the gateway to the phone's ear. */
@Timeout(120)
class MediaRoleTest {
    private static final String HOST = "127.79."
            + (ProcessHandle.current().pid() >> 7) % 250
            + "."
            + (1 + ProcessHandle.current().pid() % 120);
    private static final AddressPlan PLAN =
            new AddressPlan(List.of(new ServiceAddress(0, HOST, 5060, 24000, 24399, "a")));

    /** One node with its system and its view of the others. */
    private static final class Node implements AutoCloseable {
        final ActorSystem<SpawnProtocol.Command> system;
        final TestOwnership ownership;
        final NodeParts parts = new NodeParts();
        final NodeRole.Running running;

        Node(String name, Set<String> serving) throws Exception {
            system = ActorSystem.create(SpawnProtocol.create(), name, ConfigFactory.load());
            ownership = new TestOwnership(PLAN, name, serving);
            var settings = new NodeSettings(
                    name, Set.of("media"), PLAN, Optional.empty(), "test", ConfigFactory.empty(), ConfigFactory.load());
            NodeRole role = ServiceLoader.load(NodeRole.class).stream()
                    .map(ServiceLoader.Provider::get)
                    .filter(each -> each.name().equals("media"))
                    .findFirst()
                    .orElseThrow();
            running = role.start(
                            new NodeContext(system, settings, ownership, () -> true, new CallKeys(new byte[32]), parts))
                    .toCompletableFuture()
                    .get(20, TimeUnit.SECONDS);
        }

        /** The actor as another node would address it. */
        ActorRef<Object> media() throws Exception {
            return Adapter.<Object>toTyped(Adapter.toClassic(system)
                    .actorSelection("/user/media")
                    .resolveOne(Duration.ofSeconds(5))
                    .toCompletableFuture()
                    .get(5, TimeUnit.SECONDS));
        }

        @Override
        public void close() {
            ActorTestKit.shutdown(system);
        }
    }

    @Test
    void aCallIsHeardAcrossALossOfItsNodeAndBack() throws Exception {
        try (var a = new Node("a", Set.of("a", "b"));
                var b = new Node("b", Set.of("a", "b"));
                var caller = new Phone(HOST);
                var callee = new Phone(HOST)) {
            for (Node node : List.of(a, b)) {
                node.ownership.media("a", a.media());
                node.ownership.media("b", b.media());
            }
            var call = TestProbe.create(MediaReport.class, a.system);
            MediaGateway gateway = a.parts.need(MediaGateway.class);
            gateway.lease("s", call.getRef());
            var lease = call.expectMessageClass(MediaReport.Leased.class).lease();
            gateway.declare(
                    new MediaPlan("s", 1, 1, lease, caller.peer(), callee.peer(), Duration.ofSeconds(60)),
                    call.getRef());
            call.expectMessage(new MediaReport.PlanApplied("s", 1, 1));
            caller.say(1, lease.callerPort());
            assertThat(callee.hear()).isEqualTo(1);
            awaitStatus(b, Map.of("service", 0, "standby", 1));

            serve(Set.of("b"), a, b);
            awaitStatus(b, Map.of("owned", true, "sessions", 1));
            caller.say(2, lease.callerPort());
            assertThat(callee.hear()).isEqualTo(2);
            a.running.drain().toCompletableFuture().get(5, TimeUnit.SECONDS);
            caller.say(3, lease.callerPort());
            assertThat(callee.hear()).isEqualTo(3);

            serve(Set.of("a", "b"), b, a);
            awaitStatus(a, Map.of("owned", true, "sessions", 1));
            callee.say(4, lease.calleePort());
            assertThat(caller.hear()).isEqualTo(4);
            gateway.release("s", 0, call.getRef());
            var released = call.expectMessageClass(MediaReport.Released.class);
            assertThat(released.statistics().callee().packets()).isEqualTo(1);
            awaitStatus(b, Map.of("standby", 0, "leaving", 0, "sessions", 0));
        }
    }

    private static void serve(Set<String> serving, Node first, Node second) {
        first.ownership.serve(serving);
        second.ownership.serve(serving);
    }

    /** Waits until the only address of the node has these figures. */
    private static void awaitStatus(Node node, Map<String, Object> expected) {
        var probe = TestProbe.create(node.system);
        probe.awaitAssert(Duration.ofSeconds(10), () -> {
            assertThat(node.running.status().get("addresses"))
                    .asInstanceOf(InstanceOfAssertFactories.list(Map.class))
                    .first(InstanceOfAssertFactories.map(String.class, Object.class))
                    .containsAllEntriesOf(expected);
            return expected;
        });
    }
}
