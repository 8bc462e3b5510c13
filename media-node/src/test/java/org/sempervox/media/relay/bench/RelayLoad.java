package org.sempervox.media.relay.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.sempervox.core.media.MediaLease;
import org.sempervox.core.media.MediaPlan;
import org.sempervox.core.media.MediaPlan.RtpPeer;
import org.sempervox.media.relay.RelayEngine;
import org.sempervox.media.relay.RelayKey;
import org.sempervox.media.relay.RelayPlan;
import org.sempervox.media.relay.RelayTransport.Binding;
import org.sempervox.media.relay.RelayTransports;
import org.sempervox.media.relay.Round;

/**
 * CPU time per relayed packet: {@code relay HOST SESSIONS TRANSPORT SECONDS} in one process, {@code load HOST SESSIONS SECONDS} in
 * another; {@code bind HOST SESSIONS TRANSPORT} measures a take-over. G.711, 20 ms, both directions; every 250 µs the packets that are due, evenly spread over the 20 ms. Each phone is a port of
 * 127.0.0.1, from 26000 up. The relay prints user and system time of its process per packet between two readings.
 */
public final class RelayLoad {
    private static final int FIRST_RELAY_PORT = 10000;
    private static final int FIRST_PHONE_PORT = 26000;
    private static final long PACKET_NANOS = 20_000_000;
    private static final long TICK_NANOS = 250_000;

    private RelayLoad() {}

    public static void main(String[] arguments) throws IOException {
        String host = arguments[1];
        int sessions = Integer.parseInt(arguments[2]);
        if (arguments[0].equals("bind")) {
            bind(host, sessions, arguments[3]);
        } else if (arguments[0].equals("relay")) {
            relay(host, sessions, arguments[3], Long.parseLong(arguments[4]));
        } else {
            load(host, sessions, Long.parseLong(arguments[3]));
        }
    }

    private static void relay(String host, int sessions, String transport, long seconds) throws IOException {
        var loops = RelayTransports.open(transport, 1, () -> new Round(System::nanoTime, () -> true));
        try (var engine = new RelayEngine(loops, (key, silence) -> {}, Duration.ofMillis(500))) {
            for (int i = 0; i < sessions; i++) {
                var key = new RelayKey("s" + i, 0);
                var lease = new MediaLease(0, host, FIRST_RELAY_PORT + 8 * i, FIRST_RELAY_PORT + 8 * i + 2);
                if (engine.open(key, lease, Binding.EXCLUSIVE) != RelayEngine.Opening.OPENED) {
                    throw new IOException("cannot bind " + lease);
                }
                int caller = FIRST_PHONE_PORT + 2 * i;
                engine.apply(
                        key,
                        RelayPlan.of(new MediaPlan(
                                key.session(),
                                1,
                                1,
                                lease,
                                new RtpPeer("127.0.0.1", caller, 9),
                                new RtpPeer("127.0.0.1", caller + 1, 9),
                                Duration.ofMinutes(5))));
            }
            waitFor(() -> engine.relayed() > 0);
            wait(Duration.ofSeconds(seconds / 3));
            double cpuBefore = cpuSeconds();
            long before = engine.relayed();
            long start = System.nanoTime();
            wait(Duration.ofSeconds(seconds - seconds / 3));
            long packets = engine.relayed() - before;
            double micros = (cpuSeconds() - cpuBefore) * 1e6 / packets;
            System.out.printf(
                    "FIGURE %s, %d sessions: %.2f µs CPU per packet, %.0f packets/s, dropped %s%n",
                    transport, sessions, micros, packets * 1e9 / (System.nanoTime() - start), engine.drops());
        }
    }

    /** Binds all sessions again and again, as a take-over does. */
    private static void bind(String host, int sessions, String transport) {
        var loops = RelayTransports.open(transport, 1, () -> new Round(System::nanoTime, () -> true));
        try (var engine = new RelayEngine(loops, (key, silence) -> {}, Duration.ofMillis(500))) {
            for (int round = 0; round < 8; round++) {
                long start = System.nanoTime();
                for (int i = 0; i < sessions; i++) {
                    engine.open(
                            new RelayKey("s" + i, round),
                            new MediaLease(0, host, FIRST_RELAY_PORT + 4 * i, FIRST_RELAY_PORT + 4 * i + 2),
                            Binding.SHARED);
                }
                System.out.printf(
                        "FIGURE %s: %d sessions bound in %.1f ms%n",
                        transport, sessions, (System.nanoTime() - start) / 1e6);
            }
        }
    }

    private static void load(String host, int sessions, long seconds) throws IOException {
        List<DatagramChannel> phones = new ArrayList<>();
        List<InetSocketAddress> targets = new ArrayList<>();
        for (int i = 0; i < 2 * sessions; i++) {
            DatagramChannel phone = DatagramChannel.open();
            phone.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), FIRST_PHONE_PORT + i));
            phone.configureBlocking(false);
            phones.add(phone);
            targets.add(
                    new InetSocketAddress(InetAddress.ofLiteral(host), FIRST_RELAY_PORT + 8 * (i / 2) + 2 * (i % 2)));
        }
        ByteBuffer packet = ByteBuffer.allocateDirect(172).put(0, (byte) 0x80).put(1, (byte) 8);
        ByteBuffer heard = ByteBuffer.allocateDirect(2048);
        long start = System.nanoTime();
        long sent = 0;
        long received = 0;
        for (long tick = 0; tick * TICK_NANOS < Duration.ofSeconds(seconds).toNanos(); tick++) {
            for (long due = start + tick * TICK_NANOS; due - System.nanoTime() > 0; ) {
                LockSupport.parkNanos(due - System.nanoTime());
            }
            long upTo = tick * TICK_NANOS * phones.size() / PACKET_NANOS;
            for (; sent < upTo; sent++) {
                int phone = (int) (sent % phones.size());
                int sequence = (int) (sent / phones.size());
                packet.putShort(2, (short) sequence).putInt(4, sequence * 160).putInt(8, phone);
                packet.clear();
                phones.get(phone).send(packet, targets.get(phone));
                // What the relay has sent to this phone since its last packet.
                for (heard.clear(); phones.get(phone).receive(heard) != null; heard.clear()) {
                    received++;
                }
            }
        }
        System.out.printf("load: sent %d, received %d (%.3f %%)%n", sent, received, 100.0 * received / sent);
        for (DatagramChannel phone : phones) {
            phone.close();
        }
    }

    private static double cpuSeconds() throws IOException {
        String stat = Files.readString(Path.of("/proc/self/stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / 100.0;
    }

    private static void waitFor(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            LockSupport.parkNanos(1_000_000);
        }
    }

    private static void wait(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        waitFor(() -> System.nanoTime() - end >= 0);
    }
}
