package org.sempervox.core.extension;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.persistence.testkit.javadsl.EventSourcedBehaviorTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class ExtensionEntityTest {
    private static final ActorTestKit KIT = ActorTestKit.create(EventSourcedBehaviorTestKit.config());
    private static final String DESK = "sip:100@192.0.2.10:5060";

    private record Published(String extension, long version, List<PublishedBinding> bindings) {}

    private final List<Published> published = new ArrayList<>();
    private final AtomicBoolean open = new AtomicBoolean(true);
    private final TestProbe<ClusterSharding.ShardCommand> shard =
            KIT.createTestProbe(ClusterSharding.ShardCommand.class);
    private CompletionStage<Void> publishing = CompletableFuture.completedFuture(null);
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private static int serial;
    private EventSourcedBehaviorTestKit<ExtensionEntity.Message, ExtensionEvent, ExtensionState> entity = start();

    @AfterAll
    static void stop() {
        KIT.shutdownTestKit();
    }

    private EventSourcedBehaviorTestKit<ExtensionEntity.Message, ExtensionEvent, ExtensionState> start() {
        BindingPublisher publisher = (extension, version, bindings) -> {
            published.add(new Published(extension, version, bindings));
            return publishing;
        };
        var around = new ExtensionEntity.Surroundings(publisher, open::get, () -> now);
        return EventSourcedBehaviorTestKit.create(
                KIT.system(), ExtensionEntity.create("ext" + serial++, shard.getRef(), around));
    }

    private static RegisterRequest request(long cseq) {
        return new RegisterRequest(
                "100", "a", cseq, List.of(new ContactRequest(DESK, 600, 1.0, "", 0)), false, Trial.HOME);
    }

    @Test
    void publishesAfterTheStoreAndAfterRecovery() {
        var result = entity.<ExtensionReply>runCommand(to -> new ExtensionEntity.Register(request(1), to));
        assertThat(result.reply())
                .isEqualTo(new ExtensionReply.Registered(
                        new RegisterReply(200, List.of(new BindingView(DESK, 600, 1.0)), 0)));
        assertThat(published).hasSize(1);
        assertThat(published.getFirst().version()).isEqualTo(1);
        now = now.plusSeconds(300);
        assertThat(entity.<ExtensionReply>runCommand(to -> new ExtensionEntity.Register(request(2), to))
                        .hasNoEvents())
                .isTrue();
        assertThat(published).hasSize(1);
        entity.restart();
        assertThat(published).hasSize(2);
        assertThat(published.get(1)).isEqualTo(published.get(0));
        now = now.plusSeconds(500);
        assertThat(entity.<ExtensionReply>runCommand(to -> new ExtensionEntity.Register(request(3), to))
                        .event())
                .isInstanceOf(ExtensionEvent.ContactBound.class);
        assertThat(published.get(2).version()).isEqualTo(2);
    }

    @Test
    void answersOnlyAfterPublishing() {
        var pending = new CompletableFuture<Void>();
        publishing = pending;
        TestProbe<ExtensionReply> phone = KIT.createTestProbe();
        entity.runCommand(new ExtensionEntity.Register(request(1), phone.getRef()));
        entity.runCommand(new ExtensionEntity.Register(request(1), phone.getRef()));
        phone.expectNoMessage();
        pending.completeExceptionally(new IllegalStateException("one node is slow"));
        phone.receiveSeveralMessages(2)
                .forEach(reply -> assertThat(
                                ((ExtensionReply.Registered) reply).reply().status())
                        .isEqualTo(200));
    }

    @Test
    void slotsSurviveARestart() {
        assertThat(entity.<ExtensionReply>runCommand(to -> new ExtensionEntity.Reserve("c1", 1, to))
                        .reply())
                .isEqualTo(new ExtensionReply.Slot(true));
        entity.restart();
        assertThat(entity.<ExtensionReply>runCommand(to -> new ExtensionEntity.Reserve("c2", 1, to))
                        .reply())
                .isEqualTo(new ExtensionReply.Slot(false));
        assertThat(entity.<ExtensionReply>runCommand(to -> new ExtensionEntity.Release("c1", to))
                        .event())
                .isEqualTo(new ExtensionEvent.SlotReleased(now, "c1"));
        assertThat(published)
                .as("whoever calls it would wait")
                .singleElement()
                .satisfies(news -> assertThat(news.bindings()).isEmpty());
    }

    /** S21. */
    @Test
    void silentBehindAClosedFence() {
        open.set(false);
        TestProbe<ExtensionReply> phone = KIT.createTestProbe();
        assertThat(entity.runCommand(new ExtensionEntity.Register(request(1), phone.getRef()))
                        .hasNoEvents())
                .isTrue();
        phone.expectNoMessage();
        assertThat(published).isEmpty();
    }

    @Test
    void goesToSleepWhenIdle() {
        entity.runCommand(new ExtensionEntity.Idle());
        assertThat(shard.receiveMessage()).isInstanceOf(ClusterSharding.Passivate.class);
    }
}
