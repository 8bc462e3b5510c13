package org.sempervox.cluster.address;

import java.net.Inet4Address;
import java.nio.ByteBuffer;
import java.util.List;

/** Gratuitous ARP (RFC 826, RFC 5227 §3) as Ethernet frames of 42 octets. */
final class ArpPacket {
    private static final int LENGTH = 42;
    private static final byte[] ALL = {-1, -1, -1, -1, -1, -1};
    private static final byte[] NOBODY = new byte[6];
    private static final short ETHERTYPE_ARP = 0x0806;
    private static final short ETHERNET = 1;
    private static final short IPV4 = 0x0800;
    private static final short REQUEST = 1;
    private static final short REPLY = 2;

    private ArpPacket() {}

    /**
     * As request, which RFC 5227 asks for, and as reply, because some devices learn from one of them only. {@code mac}: 6 octets, the
     * address' new place.
     */
    static List<byte[]> announcement(byte[] mac, Inet4Address host) {
        // Linux takes a reply for gratuitous only if the target's hardware address is the sender's.
        return List.of(frame(mac, host, REQUEST, NOBODY), frame(mac, host, REPLY, mac));
    }

    private static byte[] frame(byte[] mac, Inet4Address host, short operation, byte[] target) {
        byte[] ip = host.getAddress();
        return ByteBuffer.allocate(LENGTH)
                .put(ALL)
                .put(mac)
                .putShort(ETHERTYPE_ARP)
                .putShort(ETHERNET)
                .putShort(IPV4)
                .put((byte) mac.length)
                .put((byte) ip.length)
                .putShort(operation)
                .put(mac)
                .put(ip)
                .put(target)
                .put(ip)
                .array();
    }
}
