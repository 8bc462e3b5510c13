package org.sempervox.media.relay;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.DatagramChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** The JDK's selectors and datagram channels: runs wherever Java runs. */
public final class NioTransport implements RelayTransport {
    private final List<NioLoop> loops = new ArrayList<>();

    /** Starts the loops; {@code rounds} makes the round of each. */
    public NioTransport(int loopCount, Supplier<Round> rounds) {
        try {
            for (int i = 0; i < loopCount; i++) {
                loops.add(new NioLoop("media-nio-" + i, rounds.get()));
            }
        } catch (IOException noSelector) {
            close();
            throw new UncheckedIOException(noSelector);
        }
    }

    @Override
    public String name() {
        return "nio";
    }

    @Override
    public List<NioLoop> loops() {
        return loops;
    }

    @Override
    public RelaySocket bind(InetSocketAddress local, Binding binding) throws IOException {
        DatagramChannel channel = DatagramChannel.open(
                local.getAddress() instanceof Inet6Address
                        ? StandardProtocolFamily.INET6
                        : StandardProtocolFamily.INET);
        try {
            if (binding == Binding.SHARED) {
                channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            }
            channel.setOption(StandardSocketOptions.SO_RCVBUF, RECEIVE_BUFFER);
            channel.setOption(StandardSocketOptions.IP_TOS, TRAFFIC_CLASS);
            channel.configureBlocking(false);
            channel.bind(local);
            // Set after the bind it does not share the port now but lets a later owner of the address bind it.
            channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            return new NioSocket(channel, local.getPort());
        } catch (IOException | RuntimeException refused) {
            channel.close();
            throw refused;
        }
    }

    @Override
    public void close() {
        for (NioLoop loop : loops) {
            loop.stop();
        }
    }
}
