package org.sempervox.chaos.lab;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads the classic format of libpcap (draft-ietf-opsawg-pcap) with Ethernet frames: in either byte order, with microseconds or nanoseconds.
 * What is neither ARP nor UDP over IPv4 is passed over; so are later fragments, which have no ports.
 */
final class PcapFile {
    private static final int MICROSECONDS = 0xa1b2c3d4;
    private static final int NANOSECONDS = 0xa1b23c4d;
    private static final int ETHERNET = 1;
    private static final int LONGEST = 1 << 18;
    private static final int ETHERNET_HEADER = 14;
    private static final int IPV4 = 0x0800;
    private static final int ARP = 0x0806;
    private static final int UDP = 17;

    private PcapFile() {}

    /** What a host sent. A last record that is not whole is left out: its writer was killed. */
    static List<Seen> read(Path file, String host) throws IOException {
        var seen = new ArrayList<Seen>();
        try (var in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16))) {
            ByteBuffer header = take(in, 24).orElseThrow(() -> new IOException(file + ": no header of a capture"));
            long unit = unit(file, header);
            if ((header.getInt(20) & 0xffff) != ETHERNET) {
                throw new IOException(file + ": link type " + header.getInt(20) + ", expected Ethernet (1)");
            }
            for (var record = take(in, 16); record.isPresent(); record = take(in, 16)) {
                ByteBuffer head = record.get().order(header.order());
                int length = head.getInt(8);
                if (length < 0 || length > LONGEST) {
                    throw new IOException(file + ": a record of " + length + " bytes, expected at most " + LONGEST);
                }
                Instant at = Instant.ofEpochSecond(head.getInt(0) & 0xffffffffL, head.getInt(4) * unit);
                take(in, length).flatMap(frame -> seen(at, host, frame)).ifPresent(seen::add);
            }
        }
        return seen;
    }

    /** Nanoseconds of a fraction; sets the byte order. */
    private static long unit(Path file, ByteBuffer header) throws IOException {
        for (ByteOrder order : List.of(ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN)) {
            int magic = header.order(order).getInt(0);
            if (magic == MICROSECONDS || magic == NANOSECONDS) {
                return magic == MICROSECONDS ? 1000 : 1;
            }
        }
        throw new IOException(file + ": begins with %08x, expected a classic pcap file".formatted(header.getInt(0)));
    }

    private static Optional<ByteBuffer> take(DataInputStream in, int length) throws IOException {
        var bytes = new byte[length];
        try {
            in.readFully(bytes);
            return Optional.of(ByteBuffer.wrap(bytes));
        } catch (EOFException e) {
            return Optional.empty();
        }
    }

    /** What an Ethernet frame holds, which may be cut off after its headers. */
    static Optional<Seen> seen(Instant at, String host, ByteBuffer frame) {
        if (frame.limit() < ETHERNET_HEADER) {
            return Optional.empty();
        }
        ByteBuffer rest = frame.slice(ETHERNET_HEADER, frame.limit() - ETHERNET_HEADER);
        return switch (frame.getShort(12) & 0xffff) {
            case ARP -> arp(at, host, rest);
            case IPV4 -> udp(at, host, rest);
            default -> Optional.empty();
        };
    }

    private static Optional<Seen> arp(Instant at, String host, ByteBuffer packet) {
        if (packet.limit() < 28 || (packet.getShort(2) & 0xffff) != IPV4) {
            return Optional.empty();
        }
        boolean reply = packet.getShort(6) == 2;
        return Optional.of(new Seen.Arp(
                at,
                host,
                reply,
                address(packet, 14).getHostAddress(),
                address(packet, 24).getHostAddress()));
    }

    private static Optional<Seen> udp(Instant at, String host, ByteBuffer packet) {
        int header = packet.limit() < 20 ? 0 : (packet.get(0) & 0xf) * 4;
        boolean first = header >= 20 && (packet.getShort(6) & 0x1fff) == 0;
        if (!first || packet.get(9) != UDP || packet.limit() < header + 4) {
            return Optional.empty();
        }
        var source = new InetSocketAddress(address(packet, 12), packet.getShort(header) & 0xffff);
        var destination = new InetSocketAddress(address(packet, 16), packet.getShort(header + 2) & 0xffff);
        return Optional.of(new Seen.Udp(at, host, source, destination));
    }

    private static InetAddress address(ByteBuffer packet, int offset) {
        var bytes = new byte[4];
        packet.get(offset, bytes);
        try {
            return InetAddress.getByAddress(bytes);
        } catch (java.net.UnknownHostException e) {
            throw new IllegalStateException("four bytes are an IPv4 address", e);
        }
    }
}
