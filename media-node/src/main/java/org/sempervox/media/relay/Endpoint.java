package org.sempervox.media.relay;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;

/**
 * Where a peer receives, in a form that is compared and written into a socket address without garbage.
 *
 * @param high upper 64 bits of an IPv6 address; {@link #IPV4} marks an IPv4 address
 * @param low lower 64 bits of an IPv6 address, or the 32 bits of an IPv4 address, not sign-extended
 * @param port UDP port, 1–65535
 * @param socketAddress the same for the JDK's channels
 */
public record Endpoint(long high, long low, int port, InetSocketAddress socketAddress) {
    /** No IPv6 unicast address starts with these bits (they are in the multicast range). */
    public static final long IPV4 = -1L;

    /** From a numeric host; asks no name server. Throws {@link IllegalArgumentException} for anything else. */
    public static Endpoint of(String host, int port) {
        return of(InetAddress.ofLiteral(host), port);
    }

    static Endpoint of(InetAddress address, int port) {
        return new Endpoint(high(address), low(address), port, new InetSocketAddress(address, port));
    }

    static Endpoint of(long high, long low, int port) {
        byte[] bytes = high == IPV4
                ? ByteBuffer.allocate(4).putInt((int) low).array()
                : ByteBuffer.allocate(16).putLong(high).putLong(low).array();
        try {
            return new Endpoint(high, low, port, new InetSocketAddress(InetAddress.getByAddress(bytes), port));
        } catch (UnknownHostException impossible) {
            throw new IllegalArgumentException(impossible);
        }
    }

    static long high(InetAddress address) {
        return address instanceof Inet4Address
                ? IPV4
                : ByteBuffer.wrap(address.getAddress()).getLong(0);
    }

    static long low(InetAddress address) {
        return address instanceof Inet4Address
                ? Integer.toUnsignedLong(address.hashCode())
                : ByteBuffer.wrap(address.getAddress()).getLong(8);
    }

    boolean is(long otherHigh, long otherLow, int otherPort) {
        return low == otherLow && port == otherPort && high == otherHigh;
    }

    @Override
    public String toString() {
        return socketAddress.toString();
    }
}
