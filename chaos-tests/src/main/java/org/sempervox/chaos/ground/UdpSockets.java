package org.sempervox.chaos.ground;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/** Counts open UDP sockets by what the kernel says of the network namespaces of processes. */
final class UdpSockets {
    private static final int IPV4_HEX = 8;

    private UdpSockets() {}

    /** Sockets bound to one of these numeric IPv4 addresses in the namespaces of these processes; each namespace counts once. */
    static long on(Collection<String> hosts, Collection<Long> pids) throws IOException {
        Set<String> wanted = new HashSet<>();
        for (String host : hosts) {
            wanted.add(kernel(InetAddress.ofLiteral(host).getAddress()));
        }
        Set<Path> seen = new HashSet<>();
        long count = 0;
        for (long pid : pids) {
            try {
                Path process = Path.of("/proc", Long.toString(pid));
                if (seen.add(Files.readSymbolicLink(process.resolve("ns/net")))) {
                    count += bound(Files.readAllLines(process.resolve("net/udp")), wanted);
                }
            } catch (NoSuchFileException e) {
                // It has ended meanwhile, and its sockets with it.
            }
        }
        return count;
    }

    static long bound(List<String> table, Set<String> addresses) {
        return table.stream()
                .skip(1)
                .map(line -> line.strip().split("\\s+"))
                .filter(fields -> fields.length > 1 && fields[1].length() > IPV4_HEX)
                .filter(fields -> addresses.contains(fields[1].substring(0, IPV4_HEX)))
                .count();
    }

    /** As the kernel prints it: the four bytes from the last to the first, on little-endian machines. */
    static String kernel(byte[] address) {
        byte[] turned = {address[3], address[2], address[1], address[0]};
        return HexFormat.of().withUpperCase().formatHex(turned);
    }
}
