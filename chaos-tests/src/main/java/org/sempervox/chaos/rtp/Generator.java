package org.sempervox.chaos.rtp;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;

/**
 * The generator's process: {@code FILE WARM_UP_SECONDS SECONDS}. Each stream sends 20 ms of G.711 every 20 ms, evenly spread, and reads what
 * has come for it when its turn comes; the delay is from just before the sending to the kernel's stamp of the arrival. Prints {@code begin}
 * and {@code end} around the measured time, then {@code result} with JSON.
 */
public final class Generator {
    private static final long PACKET_NANOS = 20_000_000;
    private static final long TICK_NANOS = 250_000;
    private static final int PACKETS_PER_S = 50;
    /** What is still on its way when the measured time ends has so long to arrive. */
    private static final int DRAIN_PACKETS = 25;

    private static final int MAGIC = 0x53565258;
    private static final int PAYLOAD = 12;
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED;

    private final Datagrams datagrams;
    private final int[] sockets;
    private final int[] lastHeard;
    private final int first;
    private final int end;
    private final Histogram delay = new Histogram();
    private final Histogram late = new Histogram();
    private long received;
    private long twice;
    private long foreign;
    private long unstamped;
    private long refused;

    private Generator(Datagrams datagrams, int[] sockets, int warmUpSeconds, int seconds) {
        this.datagrams = datagrams;
        this.sockets = sockets;
        this.lastHeard = new int[sockets.length];
        this.first = warmUpSeconds * PACKETS_PER_S;
        this.end = first + seconds * PACKETS_PER_S;
        java.util.Arrays.fill(lastHeard, -1);
    }

    public static void main(String[] arguments) throws IOException {
        List<Stream> streams = Stream.read(Path.of(arguments[0]));
        try (Arena arena = Arena.ofShared()) {
            var datagrams = new Datagrams(arena);
            int[] sockets = new int[streams.size()];
            for (int i = 0; i < sockets.length; i++) {
                sockets[i] =
                        datagrams.open(streams.get(i).local(), streams.get(i).remote());
            }
            new Generator(datagrams, sockets, Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2])).run();
        }
    }

    private void run() {
        MemorySegment packet = datagrams.outgoing();
        packet.fill((byte) 0xd5);
        packet.set(ValueLayout.JAVA_BYTE, 0, (byte) 0x80);
        packet.set(ValueLayout.JAVA_BYTE, 1, (byte) 0);
        packet.set(INT, PAYLOAD, MAGIC);
        long start = System.nanoTime();
        long all = (long) (end + DRAIN_PACKETS) * sockets.length;
        long sent = 0;
        for (long tick = 0; sent < all; tick++) {
            long due = start + tick * TICK_NANOS;
            for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
            long upTo = Math.min(all, (tick + 1) * TICK_NANOS * sockets.length / PACKET_NANOS);
            for (; sent < upTo; sent++) {
                int stream = (int) (sent % sockets.length);
                int number = (int) (sent / sockets.length);
                if (stream == 0) {
                    mark(number);
                }
                // Due evenly within its tick; what is sent at the tick's begin is early by less than the tick.
                if (number >= first && number < end) {
                    late.add(System.nanoTime() - due);
                }
                send(packet, stream, number);
                receive(stream);
            }
        }
        print();
    }

    private void mark(int number) {
        if (number == first) {
            System.out.println("begin");
        } else if (number == end) {
            System.out.println("end");
        }
    }

    private void send(MemorySegment packet, int stream, int number) {
        packet.set(SHORT, 2, (short) number);
        packet.set(INT, 4, number * 160);
        packet.set(INT, 8, stream + 1);
        packet.set(INT, PAYLOAD + 4, number);
        packet.set(LONG, PAYLOAD + 8, datagrams.now());
        if (!datagrams.send(sockets[stream]) && number >= first && number < end) {
            refused++;
        }
    }

    private void receive(int stream) {
        int count = datagrams.receive(sockets[stream]);
        MemorySegment packets = datagrams.incoming();
        for (int i = 0; i < count; i++) {
            long at = (long) Datagrams.SIZE * i;
            if (datagrams.length(i) != Datagrams.SIZE || packets.get(INT, at + PAYLOAD) != MAGIC) {
                foreign++;
                continue;
            }
            int number = packets.get(INT, at + PAYLOAD + 4);
            if (number < first || number >= end) {
                continue;
            }
            if (number <= lastHeard[stream]) {
                twice++;
                continue;
            }
            lastHeard[stream] = number;
            received++;
            long arrival = datagrams.arrival(i);
            if (arrival == 0) {
                unstamped++;
            } else {
                delay.add(arrival - packets.get(LONG, at + PAYLOAD + 8));
            }
        }
    }

    private void print() {
        long wanted = (long) (end - first) * sockets.length;
        System.out.printf(
                Locale.ROOT,
                "result {\"sent\":%d,\"received\":%d,\"lateOrTwice\":%d,\"foreign\":%d,\"unstamped\":%d,\"refused\":%d,"
                        + "\"delayUs\":{\"p50\":%.0f,\"p99\":%.0f,\"p999\":%.0f,\"max\":%.0f},"
                        + "\"lateUs\":{\"p50\":%.0f,\"p99\":%.0f,\"p999\":%.0f,\"max\":%.0f}}%n",
                wanted,
                received,
                twice,
                foreign,
                unstamped,
                refused,
                delay.micros(0.5),
                delay.micros(0.99),
                delay.micros(0.999),
                delay.mostMicros(),
                late.micros(0.5),
                late.micros(0.99),
                late.micros(0.999),
                late.mostMicros());
    }
}
