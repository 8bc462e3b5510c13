package org.sempervox.media.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.FishingOutcomes;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.sempervox.core.address.AddressPlan;
import org.sempervox.core.address.ServiceAddress;
import org.sempervox.core.media.MediaCommand;
import org.sempervox.core.media.MediaLease;
import org.sempervox.core.media.MediaPlan;
import org.sempervox.core.media.MediaReport;
import org.sempervox.core.media.MediaReport.SessionStatistics;
import org.sempervox.media.TestOwnership;

@Timeout(60)
class ClusterMediaGatewayTest {
    private static final MediaPlan PLAN =
            new MediaPlan("s", 1, 1, new MediaLease(0, "127.0.1.1", 20000, 20002), null, null, Duration.ofSeconds(60));

    private static final ActorTestKit KIT = ActorTestKit.create();

    private final TestOwnership ownership = new TestOwnership(
            new AddressPlan(List.of(
                    new ServiceAddress(0, "127.0.1.1", 5060, 20000, 20009, "a"),
                    new ServiceAddress(1, "127.0.1.2", 5060, 20000, 20009, "b"))),
            "a",
            Set.of("a", "b"));
    private final TestProbe<MediaCommand> a = KIT.createTestProbe(MediaCommand.class);
    private final TestProbe<MediaCommand> b = KIT.createTestProbe(MediaCommand.class);
    private final TestProbe<MediaReport> call = KIT.createTestProbe(MediaReport.class);
    private final ClusterMediaGateway gateway =
            ClusterMediaGateway.of(KIT.spawn(ClusterMediaGateway.behavior(ownership)));

    @AfterAll
    static void stop() {
        KIT.shutdownTestKit();
    }

    @BeforeEach
    void nodes() {
        ownership.media("a", a.getRef());
        ownership.media("b", b.getRef());
        // Once it has started and once more: then its first look at the serving nodes lies behind it too.
        for (int i = 0; i < 2; i++) {
            gateway.lease("begin", call.getRef());
            int service = Rendezvous.choose("begin", 2, any -> true).orElseThrow();
            (service == 0 ? a : b).expectMessageClass(MediaCommand.Lease.class);
        }
    }

    @Test
    void aSessionHasOneAddressAndSessionsAreSpreadOverAll() {
        int[] counts = new int[3];
        for (int i = 0; i < 3000; i++) {
            int before = Rendezvous.choose("call-" + i, 3, any -> true).orElseThrow();
            counts[before]++;
            int withoutTwo =
                    Rendezvous.choose("call-" + i, 3, index -> index != 2).orElseThrow();
            assertThat(before == 2 || withoutTwo == before).isTrue();
        }
        for (int count : counts) {
            assertThat(count).isBetween(850, 1150);
        }
        assertThat(Rendezvous.choose("s", 3, any -> false)).isEmpty();
    }

    @Test
    void aLeaseIsAskedOfTheOwnerAndAnsweredDirectly() {
        gateway.lease("call-7", call.getRef());
        int service = Rendezvous.choose("call-7", 2, any -> true).orElseThrow();
        TestProbe<MediaCommand> owner = service == 0 ? a : b;
        owner.expectMessage(new MediaCommand.Lease("call-7", service, call.getRef()));
        ownership.serve(Set.of());
        gateway.lease("call-7", call.getRef());
        call.expectMessage(new MediaReport.LeaseRefused("call-7", "no media node serves"));
    }

    @Test
    void aPlanIsRepeatedToTheOwnerUntilAppliedAndToldOnce() {
        gateway.declare(PLAN, call.getRef());
        var first = a.expectMessageClass(MediaCommand.Declare.class);
        assertThat(first.plan()).isEqualTo(PLAN);
        b.expectMessageClass(MediaCommand.Declare.class);
        a.expectMessageClass(MediaCommand.Declare.class);
        first.replyTo().tell(new MediaReport.PlanApplied("s", 1, 1));
        first.replyTo().tell(new MediaReport.PlanApplied("s", 1, 1));
        call.expectMessage(new MediaReport.PlanApplied("s", 1, 1));
        call.expectNoMessage(Duration.ofMillis(50));
        b.expectNoMessage(Duration.ofMillis(50));
        first.replyTo().tell(new MediaReport.TimedOut("s", 7, Duration.ofSeconds(60)));
        call.expectMessage(new MediaReport.TimedOut("s", 7, Duration.ofSeconds(60)));
        gateway.acknowledge("s", 0, 7);
        a.fishForMessage(
                Duration.ofSeconds(3),
                message -> message.equals(new MediaCommand.Acknowledge("s", 7))
                        ? FishingOutcomes.complete()
                        : FishingOutcomes.continueAndIgnore());
    }

    @Test
    void aChangeOfTheServingNodesDeclaresEverythingAgain() {
        gateway.declare(PLAN, call.getRef());
        var declared = a.expectMessageClass(MediaCommand.Declare.class);
        b.expectMessageClass(MediaCommand.Declare.class);
        declared.replyTo().tell(new MediaReport.PlanApplied("s", 1, 1));
        call.expectMessageClass(MediaReport.PlanApplied.class);
        ownership.serve(Set.of("b"));
        b.expectMessageClass(MediaCommand.Declare.class);
        b.expectMessageClass(MediaCommand.Declare.class);
        declared.replyTo().tell(new MediaReport.PlanApplied("s", 1, 1));
        call.expectNoMessage(Duration.ofMillis(50));
    }

    @Test
    void anOlderPlanIsRefusedAndARefusedOneForgotten() {
        gateway.declare(new MediaPlan("s", 2, 5, PLAN.lease(), null, null, PLAN.silenceLimit()), call.getRef());
        var declared = a.expectMessageClass(MediaCommand.Declare.class);
        gateway.declare(PLAN, call.getRef());
        call.expectMessage(new MediaReport.PlanRefused("s", 1, 1, "epoch 2 version 5 is declared"));
        var refused = new MediaReport.PlanRefused("s", 2, 5, "port 20000 is in use by session t");
        declared.replyTo().tell(refused);
        call.expectMessage(refused);
        b.expectMessageClass(MediaCommand.Declare.class);
        ownership.serve(Set.of("b"));
        b.expectNoMessage(Duration.ofMillis(300));
    }

    @Test
    void releaseIsRepeatedUntilReleased() {
        gateway.declare(PLAN, call.getRef());
        a.expectMessageClass(MediaCommand.Declare.class);
        b.expectMessageClass(MediaCommand.Declare.class);
        gateway.release("s", 0, call.getRef());
        a.fishForMessage(
                Duration.ofSeconds(3),
                message -> message instanceof MediaCommand.Release
                        ? FishingOutcomes.complete()
                        : FishingOutcomes.continueAndIgnore());
        b.expectMessageClass(MediaCommand.Release.class);
        var repeated = a.expectMessageClass(MediaCommand.Release.class);
        var released = new MediaReport.Released("s", SessionStatistics.NONE);
        repeated.replyTo().tell(released);
        call.expectMessage(released);
        a.expectNoMessage(Duration.ofMillis(600));
    }

    @Test
    void aCallThatHasLeftThisNodeIsNoLongerSpokenFor() {
        TestProbe<MediaReport> moved = KIT.createTestProbe(MediaReport.class);
        gateway.declare(PLAN, moved.getRef());
        gateway.declare(
                new MediaPlan(
                        "stays", 1, 1, new MediaLease(0, "127.0.1.1", 20004, 20006), null, null, PLAN.silenceLimit()),
                call.getRef());
        b.receiveSeveralMessages(2);
        moved.stop();
        var sessions = new HashSet<String>();
        // Until the end of the actor has become known, both may still be declared.
        b.awaitAssert(Duration.ofSeconds(5), () -> {
            sessions.clear();
            ownership.serve(Set.of("a", "b"));
            var declared = b.expectMessageClass(MediaCommand.Declare.class);
            sessions.add(declared.plan().session());
            b.expectNoMessage(Duration.ofMillis(20));
            assertThat(sessions).containsExactly("stays");
            return sessions;
        });
    }
}
