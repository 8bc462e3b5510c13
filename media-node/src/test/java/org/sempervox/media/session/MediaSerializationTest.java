package org.sempervox.media.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.serialization.SerializationExtension;
import org.apache.pekko.serialization.SerializerWithStringManifest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.sempervox.core.media.MediaCommand;
import org.sempervox.core.media.MediaLease;
import org.sempervox.core.media.MediaPlan;
import org.sempervox.core.media.MediaPlan.RtpPeer;
import org.sempervox.core.media.MediaReport;
import org.sempervox.core.media.MediaReport.LegStatistics;
import org.sempervox.core.media.MediaReport.SessionStatistics;

/** What goes between nodes comes back equal, references to actors included. */
class MediaSerializationTest {
    private static final ActorTestKit KIT = ActorTestKit.create();

    @AfterAll
    static void stop() {
        KIT.shutdownTestKit();
    }

    @Test
    void commandsComeBackEqual() {
        ActorRef<MediaReport> replyTo = KIT.createTestProbe(MediaReport.class).getRef();
        var lease = new MediaLease(1, "127.0.1.2", 20000, 20002);
        Stream.of(
                        new MediaCommand.Lease("s", 1, replyTo),
                        new MediaCommand.Declare(
                                new MediaPlan(
                                        "s",
                                        3,
                                        2,
                                        lease,
                                        new RtpPeer("10.0.0.1", 4000, 4001),
                                        null,
                                        Duration.ofMillis(60_500)),
                                replyTo),
                        new MediaCommand.Release("s", 1, replyTo),
                        new MediaCommand.Renew(List.of("s", "t")),
                        new MediaCommand.Acknowledge("s", 4))
                .forEach(each -> verify(each, 27300));
    }

    @Test
    void reportsComeBackEqual() {
        Stream.of(
                        new MediaReport.Leased("s", new MediaLease(1, "127.0.1.2", 20000, 20002)),
                        new MediaReport.LeaseRefused("s", "no port left"),
                        new MediaReport.PlanApplied("s", 3, 2),
                        new MediaReport.PlanRefused("s", 3, 2, "newer"),
                        new MediaReport.Released(
                                "s", new SessionStatistics(new LegStatistics(1, 2, 3, 4, 5), LegStatistics.NONE)),
                        new MediaReport.TimedOut("s", 1, Duration.ofSeconds(60)))
                .forEach(each -> verify(each, 27301));
    }

    private static void verify(Object message, int serializerId) {
        KIT.serializationTestKit().verifySerialization(message, true);
        var serializer =
                SerializationExtension.get(Adapter.toClassic(KIT.system())).findSerializerFor(message);
        assertThat(serializer.identifier()).isEqualTo(serializerId);
        assertThat(((SerializerWithStringManifest) serializer).manifest(message))
                .doesNotContain("sempervox");
    }
}
