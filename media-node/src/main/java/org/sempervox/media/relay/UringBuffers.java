package org.sempervox.media.relay;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;

/**
 * The buffers that packets of a loop are received in and sent from. A buffer goes back to the kernel only when all that was queued while
 * it was in our hands has been submitted: a send takes its octets at submission.
 *
 * <pre>
 *  io_uring_recvmsg_out 16 | source address 28 | payload up to {@link Packet#CAPACITY}
 * </pre>
 */
final class UringBuffers {
    private static final int SOURCE = 16;
    private static final int PAYLOAD = SOURCE + SocketAddresses.LONGEST;
    private static final int OCTETS = PAYLOAD + Packet.CAPACITY;
    /** Not a multiple of 4096, or all first lines would share a few places of the processor's cache. */
    private static final int STEP = 2112;

    private static final int ENTRY = 16;
    private static final long TAIL = 14;
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
    private static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT;
    private static final VarHandle TAIL_WORD = SHORT.varHandle();

    private final Arena arena = Arena.ofShared();
    private final MemorySegment ring;
    private final MemorySegment header;
    private final long octetsAt;
    private final ByteBuffer octets;
    private final Packet[] packets;
    private final int mask;
    private final int[] held;
    private int heldCount;
    private short tail;

    /** {@code count}: a power of two. */
    UringBuffers(Uring uring, int count) throws IOException {
        mask = count - 1;
        ring = arena.allocate((long) count * ENTRY, 4096);
        header = arena.allocate(56, 8);
        header.set(INT, 8, SocketAddresses.LONGEST);
        MemorySegment all = arena.allocate((long) count * STEP, 64);
        octetsAt = all.address();
        octets = all.asByteBuffer();
        packets = new Packet[count];
        held = new int[count];
        for (int i = 0; i < count; i++) {
            packets[i] = new Packet(octets.slice(i * STEP + PAYLOAD, Packet.CAPACITY));
            hold(i);
        }
        try {
            uring.provide(ring.address(), count);
        } catch (IOException refused) {
            arena.close();
            throw refused;
        }
        giveBack();
    }

    /** The msghdr that tells the kernel how much room the source address has. */
    long header() {
        return header.address();
    }

    /** The packet in a buffer; {@code total}: octets that the kernel reports, with what precedes the payload. */
    Packet filled(int buffer, int total) {
        Packet packet = packets[buffer];
        packet.length = Math.min(total - PAYLOAD, Packet.CAPACITY);
        SocketAddresses.read(octets, buffer * STEP + SOURCE, packet);
        return packet;
    }

    /** The buffer has been read; what was queued meanwhile may still need it. */
    void hold(int buffer) {
        held[heldCount++] = buffer;
    }

    /** All that was queued before has been submitted. */
    void giveBack() {
        if (heldCount == 0) {
            return;
        }
        for (int i = 0; i < heldCount; i++) {
            int buffer = held[i];
            long entry = (long) (tail & mask) * ENTRY;
            ring.set(LONG, entry, octetsAt + (long) buffer * STEP);
            ring.set(INT, entry + 8, OCTETS);
            ring.set(SHORT, entry + 12, (short) buffer);
            tail++;
        }
        heldCount = 0;
        TAIL_WORD.setRelease(ring, TAIL, tail);
    }

    /** Only when no request uses a buffer any more. */
    void close() {
        arena.close();
    }
}
