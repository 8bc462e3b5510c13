package org.sempervox.chaos.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A relay between one callee and whoever else sends to it; loses and repeats datagrams by a seed. It stays in the path by
 * a Record-Route written into every INVITE.
 */
final class LossyProxy implements AutoCloseable {
    private final DatagramSocket socket;
    private final InetSocketAddress callee;
    private final Random random;
    private final int lossPercent;
    private final int repeatPercent;
    private SocketAddress caller = new InetSocketAddress(InetAddress.getLoopbackAddress(), 9);
    private final AtomicInteger lost = new AtomicInteger();

    LossyProxy(InetSocketAddress callee, long seed, int lossPercent, int repeatPercent) {
        this.callee = callee;
        this.random = new Random(seed);
        this.lossPercent = lossPercent;
        this.repeatPercent = repeatPercent;
        try {
            socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::relay);
    }

    InetSocketAddress address() {
        return (InetSocketAddress) socket.getLocalSocketAddress();
    }

    int lost() {
        return lost.get();
    }

    private void relay() {
        byte[] buffer = new byte[8192];
        while (!socket.isClosed()) {
            try {
                DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
                socket.receive(packet);
                boolean fromCallee = packet.getSocketAddress().equals(callee);
                if (!fromCallee) {
                    caller = packet.getSocketAddress();
                }
                forward(packet, fromCallee ? caller : callee);
            } catch (IOException e) {
                socket.close();
            }
        }
    }

    private void forward(DatagramPacket packet, SocketAddress target) throws IOException {
        String text = new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8);
        if (text.startsWith("INVITE ")) {
            int end = text.indexOf("\r\n") + 2;
            text = text.substring(0, end) + "Record-Route: <sip:" + SipUri.literal(address()) + ";lr>\r\n"
                    + text.substring(end);
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (random.nextInt(100) < lossPercent) {
            lost.incrementAndGet();
            return;
        }
        socket.send(new DatagramPacket(bytes, bytes.length, target));
        if (random.nextInt(100) < repeatPercent) {
            socket.send(new DatagramPacket(bytes, bytes.length, target));
        }
    }

    @Override
    public void close() {
        socket.close();
    }
}
