package org.sempervox.cluster.core;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Join;
import org.apache.pekko.serialization.SerializationExtension;
import org.junit.jupiter.api.Test;
import org.sempervox.cluster.Eventually;

/** S28 on a node that hosts no calls. */
class SharedHealthTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String CONFIG = """
            pekko {
              actor.provider = cluster
              remote.artery.canonical { hostname = "127.0.0.1", port = 0 }
              loglevel = WARNING
              cluster { jmx.enabled = off, gossip-interval = 100 ms, leader-actions-interval = 100 ms }
              coordinated-shutdown { exit-jvm = off, run-by-actor-system-terminate = off }
            }
            """;

    private final AtomicLong nanos = new AtomicLong();
    private final SharedHealth health = new SharedHealth(nanos::get);

    @Test
    void oneThatSaysYesIsEnough() {
        assertThat(health.answers()).as("nobody was heard").isFalse();
        assertThat(health.first().toCompletableFuture()).isNotDone();
        health.hear(new SharedHealth.Word("n1", false));
        assertThat(health.first().toCompletableFuture()).isDone();
        assertThat(health.answers()).isFalse();
        health.hear(new SharedHealth.Word("n2", true));
        assertThat(health.answers()).isTrue();
        health.hear(new SharedHealth.Word("n2", false));
        assertThat(health.answers()).isFalse();
        health.hear(new SharedHealth.Word("n1", true));
        assertThat(health.answers()).isTrue();
    }

    @Test
    void whoSaysNothingForThreeSecondsSaysNo() {
        health.hear(new SharedHealth.Word("n1", true));
        nanos.addAndGet(Duration.ofMillis(2999).toNanos());
        assertThat(health.answers()).isTrue();
        nanos.addAndGet(Duration.ofMillis(1).toNanos());
        assertThat(health.answers()).isFalse();
        health.hear(new SharedHealth.Word("n1", true));
        assertThat(health.answers()).isTrue();
    }

    @Test
    void theWordTravelsBetweenNodes() throws Exception {
        var config = ConfigFactory.parseString(CONFIG).withFallback(ConfigFactory.load());
        ActorTestKit host = ActorTestKit.create("Health", config);
        ActorTestKit edge = ActorTestKit.create("Health", config);
        try {
            for (ActorTestKit node : new ActorTestKit[] {host, edge}) {
                Cluster.get(node.system())
                        .manager()
                        .tell(Join.create(
                                Cluster.get(host.system()).selfMember().address()));
            }
            var answers = new AtomicBoolean(true);
            var heard = new SharedHealth(System::nanoTime);
            var _ = host.spawn(SharedHealth.telling("n1", answers::get), "store-health");
            var _ = edge.spawn(heard.listening(), "store-health");
            Eventually.holds("yes is heard", LIMIT, heard::answers);
            answers.set(false);
            Eventually.holds("no is heard", LIMIT, () -> !heard.answers());
            answers.set(true);
            Eventually.holds("yes is heard again", LIMIT, heard::answers);
            host.shutdownTestKit();
            Eventually.holds("silence is heard", LIMIT, () -> !heard.answers());
        } finally {
            edge.shutdownTestKit();
            host.shutdownTestKit();
        }
    }

    @Test
    void theWordHasASerializerOfItsOwn() throws Exception {
        ActorTestKit one =
                ActorTestKit.create("Health", ConfigFactory.parseString(CONFIG).withFallback(ConfigFactory.load()));
        try {
            var serialization = SerializationExtension.get(one.system());
            var word = new SharedHealth.Word("n1", true);
            var serializer = serialization.findSerializerFor(word);
            assertThat(serializer.identifier()).isEqualTo(27451);
            byte[] bytes = serialization.serialize(word).get();
            assertThat(serialization.deserialize(bytes, 27451, "").get()).isEqualTo(word);
        } finally {
            one.shutdownTestKit();
        }
    }
}
