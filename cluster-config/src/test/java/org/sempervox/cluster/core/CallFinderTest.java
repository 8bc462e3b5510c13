package org.sempervox.cluster.core;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Join;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sempervox.core.call.CallCommand;
import org.sempervox.core.call.CallEntity;

class CallFinderTest {
    private static final CallCommand COMMAND = new CallCommand.EndCall(Instant.EPOCH, 200);

    private static final String CONFIG = """
            pekko {
              actor.provider = cluster
              remote.artery.canonical { hostname = "127.0.0.1", port = 0 }
              loglevel = WARNING
              cluster { roles = [core], jmx.enabled = off, gossip-interval = 100 ms, leader-actions-interval = 100 ms }
              coordinated-shutdown { exit-jvm = off, run-by-actor-system-terminate = off }
            }
            """;

    private final ActorTestKit here =
            ActorTestKit.create("Finder", ConfigFactory.parseString(CONFIG).withFallback(ConfigFactory.load()));
    private final ActorTestKit there =
            ActorTestKit.create("Finder", ConfigFactory.parseString(CONFIG).withFallback(ConfigFactory.load()));
    private final Map<String, ActorRef<CallEntity.Message>> callsHere = new ConcurrentHashMap<>();
    private final Map<String, ActorRef<CallEntity.Message>> callsThere = new ConcurrentHashMap<>();

    @BeforeEach
    void join() {
        var first = Cluster.get(here.system());
        for (ActorTestKit node : new ActorTestKit[] {here, there}) {
            Cluster.get(node.system())
                    .manager()
                    .tell(Join.create(first.selfMember().address()));
        }
        TestProbe.create(here.system()).awaitAssert(Duration.ofSeconds(30), () -> {
            assertThat(first.state().getMembers())
                    .hasSize(2)
                    .allMatch(m -> m.status().equals(MemberStatus.up()));
            return null;
        });
    }

    @AfterEach
    void end() {
        there.shutdownTestKit();
        here.shutdownTestKit();
    }

    /** No node says here that it serves: a node that is starting or draining runs calls all the same. */
    @Test
    void findsACallOnAMemberThatDoesNotServe() {
        CallFinder finder = CallFinder.start(here.system(), here::spawn, id -> Optional.ofNullable(callsHere.get(id)));
        var _ = CallFinder.start(there.system(), there::spawn, id -> Optional.ofNullable(callsThere.get(id)));
        TestProbe<CallEntity.Message> call = TestProbe.create(there.system());
        callsThere.put("c1", call.ref());
        finder.find("c1", COMMAND);
        assertThat(call.receiveMessage(Duration.ofSeconds(10))).isEqualTo(new CallEntity.Do(COMMAND));
    }

    @Test
    void findsACallHereAndWakesNone() {
        CallFinder finder = CallFinder.start(here.system(), here::spawn, id -> Optional.ofNullable(callsHere.get(id)));
        TestProbe<CallEntity.Message> call = TestProbe.create(here.system());
        callsHere.put("c1", call.ref());
        finder.find("unknown", COMMAND);
        finder.find("c1", COMMAND);
        assertThat(call.receiveMessage(Duration.ofSeconds(10))).isEqualTo(new CallEntity.Do(COMMAND));
        call.expectNoMessage(Duration.ofMillis(100));
    }
}
