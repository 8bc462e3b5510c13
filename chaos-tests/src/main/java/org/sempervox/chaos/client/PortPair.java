package org.sempervox.chaos.client;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.DatagramChannel;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An even port for RTP and the odd one above it, where the peer may send RTCP (RFC 3550 §11). */
record PortPair(DatagramChannel even, DatagramChannel odd) {
    private static final int MAX_TRIES = 100;

    static PortPair open(InetAddress host) throws IOException {
        List<DatagramChannel> unfit = new ArrayList<>();
        try {
            for (int i = 0; i < MAX_TRIES; i++) {
                DatagramChannel first = bind(host, 0);
                int port = ((InetSocketAddress) first.getLocalAddress()).getPort();
                DatagramChannel second = (port & 1) == 0 ? tryBind(host, port + 1) : null;
                if (second != null) {
                    return new PortPair(first, second);
                }
                unfit.add(first);
            }
        } finally {
            for (DatagramChannel channel : unfit) {
                channel.close();
            }
        }
        throw new IOException("no pair of free ports in " + MAX_TRIES + " tries");
    }

    private static @Nullable DatagramChannel tryBind(InetAddress host, int port) {
        try {
            return bind(host, port);
        } catch (IOException e) {
            return null;
        }
    }

    private static DatagramChannel bind(InetAddress host, int port) throws IOException {
        DatagramChannel channel = DatagramChannel.open();
        try {
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.SO_RCVBUF, 1 << 17);
            channel.bind(new InetSocketAddress(host, port));
            return channel;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }
}
