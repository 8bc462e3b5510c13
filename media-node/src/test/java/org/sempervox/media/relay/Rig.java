package org.sempervox.media.relay;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.sempervox.core.media.MediaLease;
import org.sempervox.core.media.MediaPlan;
import org.sempervox.core.media.MediaPlan.RtpPeer;
import org.sempervox.core.media.MediaReport.SessionStatistics;
import org.sempervox.media.relay.RelayTransport.Binding;

/** An engine with a clock and a fence in the test's hand. */
final class Rig implements AutoCloseable {
    /** An address of the loopback net for this JVM alone, so that test runs side by side do not meet. */
    static final String HOST = "127.77." + (ProcessHandle.current().pid() >> 7) % 250 + "."
            + (1 + ProcessHandle.current().pid() % 120);

    private static final AtomicInteger PORTS = new AtomicInteger(20000);

    final AtomicLong clock = new AtomicLong();
    volatile boolean fenceOpen = true;
    final BlockingQueue<Duration> silences = new LinkedBlockingQueue<>();
    final RelayEngine engine;
    final RelayTransport transport;

    Rig(String transportName) {
        // Forbidden in many containers; the others of the suite are never skipped.
        Assumptions.assumeTrue(!transportName.equals("uring") || UringTransport.available());
        transport = RelayTransports.open(transportName, 1, () -> new Round(clock::get, () -> fenceOpen));
        if (!transport.name().equals(transportName)) {
            throw new AssertionError("not " + transportName + " but " + transport.name());
        }
        engine = new RelayEngine(transport, (key, silence) -> silences.add(silence), Duration.ofMillis(10));
    }

    static MediaLease lease() {
        return lease(HOST);
    }

    static MediaLease lease(String host) {
        int first = PORTS.getAndAdd(4);
        return new MediaLease(0, host, first, first + 2);
    }

    RelayKey open(String session, MediaLease lease, Binding binding) {
        var key = new RelayKey(session, 0);
        RelayEngine.Opening opening = engine.open(key, lease, binding);
        if (opening != RelayEngine.Opening.OPENED) {
            throw new AssertionError(lease + " " + opening);
        }
        return key;
    }

    void apply(RelayKey key, MediaLease lease, @Nullable RtpPeer caller, @Nullable RtpPeer callee) throws Exception {
        var plan = new MediaPlan(key.session(), 1, 1, lease, caller, callee, Duration.ofSeconds(60));
        engine.apply(key, RelayPlan.of(plan));
        settle();
    }

    /** Waits until the loop has done all that was asked of it. */
    void settle() throws Exception {
        var done = new CompletableFuture<Boolean>();
        transport.loops().getFirst().execute(() -> done.complete(true));
        done.get(5, TimeUnit.SECONDS);
    }

    SessionStatistics end(RelayKey key) throws Exception {
        var done = new CompletableFuture<SessionStatistics>();
        engine.close(key, done::complete);
        return done.get(5, TimeUnit.SECONDS);
    }

    void pass(Duration time) {
        clock.addAndGet(time.toNanos());
    }

    @Override
    public void close() {
        engine.close();
    }
}
