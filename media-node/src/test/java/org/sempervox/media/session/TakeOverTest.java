package org.sempervox.media.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sempervox.core.address.AddressPlan;
import org.sempervox.core.address.ServiceAddress;
import org.sempervox.core.media.MediaLease;
import org.sempervox.core.media.MediaPlan;
import org.sempervox.core.media.MediaReport;
import org.sempervox.media.relay.Phone;
import org.sempervox.media.relay.RelayEngine;
import org.sempervox.media.relay.RelayTransport;
import org.sempervox.media.relay.RelayTransports;
import org.sempervox.media.relay.RelayWarmUp;
import org.sempervox.media.relay.Round;

/** S19: a standby that becomes the owner of an address binds all sessions at once, while the old owner still has them bound. */
@Timeout(60)
class TakeOverTest {
    private static final int SESSIONS = 200;
    private static final String HOST = "127.78."
            + (ProcessHandle.current().pid() >> 7) % 250
            + "."
            + (1 + ProcessHandle.current().pid() % 120);

    private final AddressPlan addresses =
            new AddressPlan(List.of(new ServiceAddress(0, HOST, 5060, 21000, 22999, "a")));
    private final BlockingQueue<MediaReport> leased = new LinkedBlockingQueue<>();
    private final BlockingQueue<MediaReport> applied = new LinkedBlockingQueue<>();

    private SessionTable<String> table(RelayEngine engine) {
        return new SessionTable<>(
                addresses,
                new EngineRelays(engine),
                (to, report) -> (report instanceof MediaReport.Leased ? leased : applied).add(report),
                () -> 0,
                Duration.ofMillis(500));
    }

    private static RelayEngine engine(String name) {
        RelayTransport transport = RelayTransports.open(name, 1, () -> new Round(System::nanoTime, () -> true));
        return new RelayEngine(transport, (key, silence) -> {}, Duration.ofMillis(500));
    }

    @ParameterizedTest
    @ValueSource(strings = {"epoll", "nio", "uring"})
    void twoHundredSessionsAreTakenAtOnce(String transport) throws InterruptedException {
        RelayWarmUp.run(transport);
        try (var oldEngine = engine(transport);
                var newEngine = engine(transport);
                var caller = new Phone(HOST);
                var callee = new Phone(HOST)) {
            SessionTable<String> old = table(oldEngine);
            SessionTable<String> standby = table(newEngine);
            old.own(Set.of(0), 0);
            var last = new MediaLease(0, HOST, 0, 0);
            for (int i = 0; i < SESSIONS; i++) {
                old.lease("s" + i, 0, "x", 0);
                last = ((MediaReport.Leased) leased.remove()).lease();
                var plan = new MediaPlan("s" + i, 1, 1, last, caller.peer(), callee.peer(), Duration.ofSeconds(60));
                old.declare(plan, "x", 0);
                standby.declare(plan, "x", 0);
            }
            for (int i = 0; i < SESSIONS; i++) {
                assertThat(applied.poll(5, TimeUnit.SECONDS)).isInstanceOf(MediaReport.PlanApplied.class);
            }
            caller.say(1, last.callerPort());
            assertThat(callee.hear()).isEqualTo(1);

            long before = System.nanoTime();
            standby.own(Set.of(0), 1);
            long bound = System.nanoTime();
            caller.say(2, last.callerPort());
            assertThat(callee.hear()).isEqualTo(2);
            long heard = System.nanoTime();
            System.out.printf(
                    "FIGURE take-over of %d sessions, %s: bound after %.1f ms, heard after %.1f ms%n",
                    SESSIONS, transport, (bound - before) / 1e6, (heard - before) / 1e6);
            while (newEngine.relayed() == 0) {
                Thread.onSpinWait();
            }
            assertThat(newEngine.relayed()).isEqualTo(1);
            assertThat(standby.figures().getFirst().bound()).isEqualTo(SESSIONS);
            assertThat(bound - before).isLessThan(Duration.ofSeconds(1).toNanos());
        }
    }
}
