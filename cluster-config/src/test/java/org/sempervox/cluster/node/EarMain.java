package org.sempervox.cluster.node;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** Hears who speaks with which address, and says when that changes: {@code ADDRESS NODE SILENCE-BEFORE-IN-MICROSECONDS}. */
public final class EarMain {
    private record Last(String node, long at) {}

    private EarMain() {}

    public static void main(String[] arguments) throws IOException {
        Map<String, Last> last = new HashMap<>();
        try (var socket = new DatagramSocket(SpeakingNodeMain.EAR, InetAddress.ofLiteral(arguments[0]))) {
            System.out.println("listening");
            var packet = new DatagramPacket(new byte[64], 64);
            while (true) {
                socket.receive(packet);
                long now = System.nanoTime();
                String from = packet.getAddress().getHostAddress();
                String node = new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8);
                Last before = last.put(from, new Last(node, now));
                if (before == null || !before.node().equals(node)) {
                    System.out.println(from + " " + node + " " + (before == null ? 0 : (now - before.at()) / 1000));
                }
                packet.setLength(64);
            }
        }
    }
}
