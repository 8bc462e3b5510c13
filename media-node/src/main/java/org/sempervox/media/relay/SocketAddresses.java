package org.sempervox.media.relay;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The kernel's form of an IPv4 or IPv6 socket address in a big-endian buffer. */
final class SocketAddresses {
    /** Octets of the longest one. */
    static final int LONGEST = 28;
    /** Octets to keep for one, so that the next is aligned. */
    static final int SPACE = 32;

    private static final int IPV4_LENGTH = 16;
    private static final short AF_INET = family(2);
    private static final short AF_INET6 = family(10);

    private SocketAddresses() {}

    /** Sets the packet's source. */
    static void read(ByteBuffer from, int offset, Packet packet) {
        packet.sourcePort = from.getShort(offset + 2) & 0xFFFF;
        if (from.getShort(offset) == AF_INET) {
            packet.sourceHigh = Endpoint.IPV4;
            packet.sourceLow = from.getInt(offset + 4) & 0xFFFF_FFFFL;
        } else {
            packet.sourceHigh = from.getLong(offset + 8);
            packet.sourceLow = from.getLong(offset + 16);
        }
    }

    /** Gives the number of octets written. */
    static int write(ByteBuffer into, int offset, Endpoint to) {
        into.putShort(offset + 2, (short) to.port());
        if (to.high() == Endpoint.IPV4) {
            into.putShort(offset, AF_INET);
            into.putInt(offset + 4, (int) to.low());
            into.putLong(offset + 8, 0);
            return IPV4_LENGTH;
        }
        into.putShort(offset, AF_INET6);
        into.putInt(offset + 4, 0);
        into.putLong(offset + 8, to.high());
        into.putLong(offset + 16, to.low());
        into.putInt(offset + 24, 0);
        return LONGEST;
    }

    private static short family(int number) {
        return ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN ? (short) number : Short.reverseBytes((short) number);
    }
}
