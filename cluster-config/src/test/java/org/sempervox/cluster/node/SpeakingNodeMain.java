package org.sempervox.cluster.node;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.sempervox.cluster.membership.Readiness;
import org.sempervox.core.address.ServiceAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A node whose only part is as rude as can be: with each address that it once owned it speaks for ever, every millisecond, whatever fence or
 * owner say. Only the device can silence it. Lines of its input are what it then says of its {@link Readiness}.
 */
public final class SpeakingNodeMain {
    static final int EAR = 9999;

    private static final Logger LOG = LoggerFactory.getLogger(SpeakingNodeMain.class);

    private SpeakingNodeMain() {}

    /** Arguments: node file, name, how to join, host to speak to. */
    public static void main(String[] arguments) throws Exception {
        Map<Integer, DatagramSocket> sockets = new ConcurrentHashMap<>();
        Node node = Node.start(
                org.sempervox.cluster.settings.NodeFile.read(Path.of(arguments[0]), Optional.of(arguments[1])),
                Node.Join.valueOf(arguments[2]));
        node.onTermination(() -> {
            node.drain();
            Runtime.getRuntime().halt(0);
        });
        AddressOwnership ownership = node.context().ownership();
        ownership.subscribe(serving -> ownership
                .plan()
                .ownedBy(ownership.self(), serving)
                .forEach(address -> sockets.computeIfAbsent(address.index(), _ -> bound(address))));
        Thread.ofPlatform()
                .daemon()
                .start(() -> new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))
                        .lines()
                        .forEach(line -> node.membership().announce(Readiness.valueOf(line))));
        byte[] name = arguments[1].getBytes(StandardCharsets.UTF_8);
        var ear = new InetSocketAddress(InetAddress.ofLiteral(arguments[3]), EAR);
        while (!node.ended().isDone()) {
            for (DatagramSocket socket : sockets.values()) {
                try {
                    socket.send(new DatagramPacket(name, name.length, ear));
                } catch (IOException silenced) {
                    // that is what is tested
                }
            }
            LockSupport.parkNanos(1_000_000);
        }
    }

    /** At the first attempt: the address must be there when the node is told that it owns it. */
    private static DatagramSocket bound(ServiceAddress address) {
        try {
            return new DatagramSocket(new InetSocketAddress(InetAddress.ofLiteral(address.host()), address.sipPort()));
        } catch (IOException e) {
            LOG.error("NOT BOUND {}", address.sentBy(), e);
            throw new IllegalStateException(e);
        }
    }
}
