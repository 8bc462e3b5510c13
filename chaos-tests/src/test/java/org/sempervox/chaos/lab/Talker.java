package org.sempervox.chaos.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** A program for a host: sends so many packets, one each 20 ms. */
final class Talker {
    private Talker() {}

    /** Source address, destination address, number of packets. */
    public static void main(String[] arguments) throws Exception {
        var left = new CountDownLatch(Integer.parseInt(arguments[2]));
        try (var socket = new DatagramSocket(new InetSocketAddress(InetAddress.ofLiteral(arguments[0]), 10_000));
                var clock = Executors.newSingleThreadScheduledExecutor()) {
            var packet = new DatagramPacket(
                    new byte[172], 172, new InetSocketAddress(InetAddress.ofLiteral(arguments[1]), 20_000));
            var _ = clock.scheduleAtFixedRate(() -> send(socket, packet, left), 0, 20, TimeUnit.MILLISECONDS);
            left.await();
        }
    }

    private static void send(DatagramSocket socket, DatagramPacket packet, CountDownLatch left) {
        try {
            if (left.getCount() > 0) {
                socket.send(packet);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            left.countDown();
        }
    }
}
