package org.sempervox.media.relay;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;

/**
 * The packet that a loop has just received: one of few objects and buffers per loop, used again for later packets. Valid only during
 * {@link PacketListener#received}; only on the loop's thread.
 */
public final class Packet {
    /** More than any RTP packet on an Ethernet; longer ones are cut off and refused. */
    static final int CAPACITY = 2048;

    final ByteBuffer data;
    /** Where {@link #data} lies in memory. */
    final long address;

    int length;
    long sourceHigh;
    long sourceLow;
    int sourcePort;

    Packet() {
        this(ByteBuffer.allocateDirect(CAPACITY));
    }

    /** {@code data}: direct, big-endian, {@link #CAPACITY} octets. */
    Packet(ByteBuffer data) {
        this.data = data;
        this.address = MemorySegment.ofBuffer(data).address();
    }

    /** Octets of the UDP payload. */
    public int length() {
        return length;
    }

    /** True for a whole RTP or RTCP packet by its fixed parts: version 2 and long enough (RFC 3550 §5.1, §6.4.1). */
    boolean isRtpOrRtcp() {
        return length >= 8 && length < CAPACITY && (data.get(0) & 0xC0) == 0x80 && (length >= 12 || isControl());
    }

    /** RTCP by its payload type 64–95 without the marker bit (RFC 5761 §4). */
    boolean isControl() {
        int type = data.get(1) & 0x7F;
        return type >= 64 && type <= 95;
    }

    int payloadType() {
        return data.get(1) & 0x7F;
    }

    int sequence() {
        return data.getShort(2) & 0xFFFF;
    }

    int timestamp() {
        return data.getInt(4);
    }

    int ssrc() {
        return data.getInt(8);
    }
}
