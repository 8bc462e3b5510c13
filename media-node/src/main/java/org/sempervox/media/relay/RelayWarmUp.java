package org.sempervox.media.relay;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import java.util.random.RandomGenerator;
import org.sempervox.core.media.MediaLease;
import org.sempervox.core.media.MediaPlan;
import org.sempervox.core.media.MediaPlan.RtpPeer;
import org.sempervox.media.relay.RelayTransport.Binding;

/**
 * Makes a node a warm standby: a take-over must not wait for classes to load and code to compile (a cold one of 200 sessions takes about
 * seven times as long as a warm one). Opens sessions on private ports of the loopback address, in an engine of its own, and lets packets
 * run in a ring through two of them.
 */
public final class RelayWarmUp {
    private static final String HOST = "127.0.0.1";
    private static final int SESSIONS = 64;
    private static final int ROUNDS = 8;
    private static final long ENOUGH_PACKETS = 20_000;
    private static final int PLACES = 10;
    private static final int IN_THE_RING = 8;
    private static final Duration LONGEST = Duration.ofSeconds(2);

    private final RelayEngine engine;
    private final int base;

    private RelayWarmUp(RelayEngine engine, int base) {
        this.engine = engine;
        this.base = base;
    }

    /** Takes about a second of one core; blocks so long, so never on an actor's thread. Returns how many packets went round. */
    public static long run(String transport) {
        // Above the ports of service addresses, within the range that the system gives to anybody.
        return run(transport, () -> 40_000 + 2 * RandomGenerator.getDefault().nextInt(5_000));
    }

    /** {@code bases}: lowest ports to try, because some are taken on a busy machine. */
    static long run(String transport, IntSupplier bases) {
        var enough = new CountDownLatch(1);
        var loops = RelayTransports.open(transport, 1, () -> new Round(System::nanoTime, () -> true));
        try (var engine = new RelayEngine(loops, (key, silence) -> {}, Duration.ofMillis(50))) {
            loops.loops().getFirst().every(Duration.ofMillis(5), () -> {
                if (engine.relayed() >= ENOUGH_PACKETS) {
                    enough.countDown();
                }
            });
            new RelayWarmUp(engine, bases.getAsInt()).bindOften();
            boolean ring = false;
            for (int i = 0; i < PLACES && !ring; i++) {
                ring = new RelayWarmUp(engine, bases.getAsInt()).ring();
            }
            boolean whole = ring && enough.await(LONGEST.toMillis(), TimeUnit.MILLISECONDS);
            return whole ? ENOUGH_PACKETS : engine.relayed();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }

    private MediaLease lease(int number) {
        return new MediaLease(0, HOST, base + 4 * number, base + 4 * number + 2);
    }

    private void bindOften() {
        for (int round = 0; round < ROUNDS; round++) {
            List<RelayKey> opened = new ArrayList<>();
            for (int i = 2; i < SESSIONS; i++) {
                var key = new RelayKey("bind-" + i, 0);
                if (engine.open(key, lease(i), Binding.EXCLUSIVE) == RelayEngine.Opening.OPENED) {
                    engine.reopen(key, lease(i));
                    opened.add(key);
                }
            }
            opened.forEach(key -> engine.close(key, unheard -> {}));
        }
    }

    /** Two sessions whose callees are each other's callers; false if their ports are taken. */
    private boolean ring() throws InterruptedException {
        var one = new RelayKey("ring-1-" + base, 0);
        var two = new RelayKey("ring-2-" + base, 0);
        if (engine.open(one, lease(0), Binding.EXCLUSIVE) != RelayEngine.Opening.OPENED) {
            return false;
        }
        if (engine.open(two, lease(1), Binding.EXCLUSIVE) != RelayEngine.Opening.OPENED) {
            engine.close(one, unheard -> {});
            return false;
        }
        var joined = new CountDownLatch(2);
        join(one, lease(0), lease(1), joined);
        join(two, lease(1), lease(0), joined);
        return joined.await(LONGEST.toMillis(), TimeUnit.MILLISECONDS)
                && kick(lease(1).calleePort(), lease(0).callerPort());
    }

    private void join(RelayKey key, MediaLease own, MediaLease other, CountDownLatch joined) {
        engine.apply(
                key,
                RelayPlan.of(new MediaPlan(
                        key.session(),
                        1,
                        1,
                        own,
                        new RtpPeer(HOST, other.calleePort(), other.calleePort() + 1),
                        new RtpPeer(HOST, other.callerPort(), other.callerPort() + 1),
                        Duration.ofMinutes(1))),
                joined::countDown);
    }

    /** The first packets, in the name of the socket that will send the following ones. */
    private static boolean kick(int from, int to) {
        InetAddress host = InetAddress.ofLiteral(HOST);
        try (DatagramChannel channel = DatagramChannel.open()) {
            channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            channel.bind(new InetSocketAddress(host, from));
            ByteBuffer packet = ByteBuffer.allocate(172).put(0, (byte) 0x80).put(1, (byte) 8);
            var target = new InetSocketAddress(host, to);
            for (int i = 0; i < IN_THE_RING; i++) {
                channel.send(packet.rewind(), target);
            }
            return true;
        } catch (IOException taken) {
            return false;
        }
    }
}
