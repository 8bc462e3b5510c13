package org.sempervox.core.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.persistence.testkit.javadsl.EventSourcedBehaviorTestKit;
import org.apache.pekko.serialization.SerializationExtension;
import org.apache.pekko.serialization.SerializerWithStringManifest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.sempervox.core.address.AddressPlan;
import org.sempervox.core.address.ServiceAddress;
import org.sempervox.core.call.CallCommand.*;
import org.sempervox.core.cdr.CallRecord;
import org.sempervox.core.extension.ExtensionSettings;
import org.sempervox.core.media.MediaGateway;
import org.sempervox.core.media.MediaLease;
import org.sempervox.core.media.MediaPlan;
import org.sempervox.core.media.MediaReport;
import org.sempervox.core.routing.Destination;
import org.sempervox.core.routing.Directory;

class CallEntityTest {
    static final ActorTestKit KIT = ActorTestKit.create(EventSourcedBehaviorTestKit.config());

    final List<Outbound> sent = new CopyOnWriteArrayList<>();
    final List<CallRecord> records = new ArrayList<>();
    boolean open = true;

    @AfterAll
    static void stop() {
        KIT.shutdownTestKit();
    }

    @Test
    void takenOverCallSendsWhatItOwesAgain() {
        TestProbe<ClusterSharding.ShardCommand> shard = KIT.createTestProbe();
        var entity = EventSourcedBehaviorTestKit.<CallEntity.Message, CallEvent, CallState>create(
                KIT.system(),
                CallEntity.create(context("taken-over"), ports(), shard.getRef()),
                EventSourcedBehaviorTestKit.disabledSerializationSettings());
        entity.runCommand(
                new CallEntity.Do(new PlaceCall(Instant.now(), Story.invite(Story.OFFER), Story.ALICE, "100", "101")));
        KIT.createTestProbe().awaitAssert(Duration.ofSeconds(5), () -> {
            assertThat(sent).hasSize(2);
            return null;
        });
        List<Outbound> before = List.copyOf(sent);
        sent.clear();
        entity.restart();
        KIT.createTestProbe().awaitAssert(Duration.ofSeconds(5), () -> {
            assertThat(sent)
                    .contains(before.stream()
                            .filter(Outbound.Request.class::isInstance)
                            .findFirst()
                            .orElseThrow());
            return null;
        });
        sent.clear();
        open = false;
        entity.runCommand(new CallEntity.Do(new ReportCancel(Instant.now(), Story.invite(""), Story.ALICE)));
        assertThat(sent).as("S21: silent behind a closed fence").isEmpty();
        assertThat(entity.getState()).isInstanceOf(CallState.Setup.class);
    }

    /** No ports are to be had for two seconds; then nobody is registered any more. */
    @Test
    void slotOfAPreparationThatFailedIsHeldAndGivenBackAtTheEnd() {
        long answersFrom = System.nanoTime() + Duration.ofMillis(2200).toNanos();
        var ports = new CallPorts(
                sent::add,
                new InstantMedia() {
                    @Override
                    public void lease(String session, ActorRef<MediaReport> replyTo) {
                        if (System.nanoTime() > answersFrom) {
                            super.lease(session, replyTo);
                        }
                    }
                },
                new Directory() {
                    @Override
                    public Optional<ExtensionSettings> settings(String extension) {
                        return Optional.of(new ExtensionSettings(extension, "", Duration.ofSeconds(30), null, null, 1));
                    }

                    @Override
                    public Destination route(String dialled, Instant now) {
                        return System.nanoTime() > answersFrom
                                ? new Destination.Refuse(480, null)
                                : Story.ring(Story.BOB);
                    }
                },
                new NoLimit(),
                record -> CompletableFuture.completedFuture(null),
                () -> true,
                new LiveCalls(),
                Clock.systemUTC(),
                Optional.empty(),
                Optional::empty);
        var entity = EventSourcedBehaviorTestKit.<CallEntity.Message, CallEvent, CallState>create(
                KIT.system(),
                CallEntity.create(
                        context("no-ports"),
                        ports,
                        KIT.<ClusterSharding.ShardCommand>createTestProbe().getRef()),
                EventSourcedBehaviorTestKit.disabledSerializationSettings());
        KIT.createTestProbe().awaitAssert(Duration.ofSeconds(10), () -> {
            entity.runCommand(new CallEntity.Do(
                    new PlaceCall(Instant.now(), Story.invite(Story.OFFER), Story.ALICE, "100", "101")));
            assertThat(entity.getState())
                    .isInstanceOfSatisfying(
                            CallState.Ended.class,
                            ended -> assertThat(ended.origin().slots())
                                    .as("S7")
                                    .containsExactlyInAnyOrder("100", "101"));
            return null;
        });
    }

    @Test
    void eventBytesNameNoClassAndOldOnesDecodeForEver() throws Exception {
        var story = new Story().talking();
        story.tell(new ReportRequest(story.now, 0, story.inDialog("BYE", 2, ""), Story.ALICE));
        for (CallEvent event : story.journal) {
            var serializer = (SerializerWithStringManifest)
                    SerializationExtension.get(KIT.system()).findSerializerFor(event);
            byte[] bytes = serializer.toBinary(event);
            assertThat(serializer.identifier()).isEqualTo(27101);
            assertThat(serializer.manifest(event)).isEmpty();
            assertThat(new String(bytes, StandardCharsets.ISO_8859_1)).doesNotContain("org.sempervox");
            assertThat(serializer.fromBinary(bytes, "")).isEqualTo(event);
        }
        String legEnded =
                "bf6240656e63616c6c2e6c65672d656e6465646261747818323032362d30312d30315430303a30303a30302e3030305a"
                        + "636c656701667374617475731901e6ff";
        var serializer = (SerializerWithStringManifest)
                SerializationExtension.get(KIT.system()).serializerByIdentity().apply(27101);
        assertThat(serializer.fromBinary(HexFormat.of().parseHex(legEnded), ""))
                .isEqualTo(new CallEvent.LegEnded(Instant.parse("2026-01-01T00:00:00Z"), 1, 486));
    }

    @Test
    void commandsCrossNodes() throws Exception {
        var story = new Story().ringing();
        var message = new CallEntity.Do(new PlaceCall(story.now, Story.invite(Story.OFFER), Story.ALICE, "100", "101"));
        var serialization = SerializationExtension.get(KIT.system());
        byte[] bytes = serialization.serialize(message).get();
        var serializer = serialization.findSerializerFor(message);
        assertThat(((SerializerWithStringManifest) serializer).fromBinary(bytes, ""))
                .isEqualTo(message);
    }

    /** An id of its own for each test: the entity of another one lives on, and stores events of its own. */
    private static CallContext context(String id) {
        return new CallContext(
                id,
                Story.KEYS,
                new AddressPlan(List.of(
                        new ServiceAddress(0, "127.0.0.11", 5060, 10000, 19999, "n1"),
                        new ServiceAddress(1, "127.0.0.12", 5060, 20000, 29999, "n2"))),
                "n1",
                7,
                "office.example");
    }

    private CallPorts ports() {
        return new CallPorts(
                sent::add,
                new InstantMedia(),
                new OneExtension(),
                new NoLimit(),
                record -> {
                    records.add(record);
                    return CompletableFuture.completedFuture(null);
                },
                () -> open,
                new LiveCalls(),
                Clock.systemUTC(),
                Optional.empty(),
                Optional::empty);
    }

    private static final class NoLimit implements CallSlots {
        @Override
        public CompletionStage<Boolean> reserve(String extension, String call, int limit) {
            return CompletableFuture.completedFuture(true);
        }

        @Override
        public CompletionStage<Void> release(String extension, String call) {
            return CompletableFuture.completedFuture(null);
        }
    }

    private static final class OneExtension implements Directory {
        @Override
        public Optional<ExtensionSettings> settings(String extension) {
            return Optional.empty();
        }

        @Override
        public Destination route(String dialled, Instant now) {
            return Story.ring(Story.BOB);
        }
    }

    private static class InstantMedia implements MediaGateway {
        @Override
        public void lease(String session, ActorRef<MediaReport> replyTo) {
            replyTo.tell(new MediaReport.Leased(session, new MediaLease(0, "127.0.0.11", 10000, 10002)));
        }

        @Override
        public void declare(MediaPlan plan, ActorRef<MediaReport> replyTo) {
            replyTo.tell(new MediaReport.PlanApplied(plan.session(), plan.epoch(), plan.version()));
        }

        @Override
        public void release(String session, int service, ActorRef<MediaReport> replyTo) {
            replyTo.tell(new MediaReport.Released(session, MediaReport.SessionStatistics.NONE));
        }

        @Override
        public void acknowledge(String session, int service, int number) {}
    }
}
