package org.sempervox.cluster.directory;

import java.time.Duration;
import java.util.List;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.ManualTime;
import org.junit.jupiter.api.Test;

class ExtensionWakerTest {
    @Test
    void wakesOneATimeAndOnlyThoseNobodyKnows() {
        var kit = ActorTestKit.create(ManualTime.config());
        try {
            var time = ManualTime.get(kit.system());
            var woken = kit.<String>createTestProbe();
            var waker = kit.spawn(ExtensionWaker.create(
                    List.of("100", "101", "102", "103"),
                    number -> !number.equals("101"),
                    number -> woken.getRef().tell(number),
                    Duration.ofMillis(20)));
            time.timePasses(Duration.ofMillis(20));
            woken.expectMessage("100");
            time.expectNoMessageFor(Duration.ofMillis(19), woken);
            time.timePasses(Duration.ofMillis(1));
            woken.expectMessage("102");
            time.timePasses(Duration.ofMillis(40));
            woken.expectMessage("103");
            woken.expectTerminated(waker);
        } finally {
            kit.shutdownTestKit();
        }
    }
}
