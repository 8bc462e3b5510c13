package org.sempervox.media.relay;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.DatagramChannel;
import org.jspecify.annotations.Nullable;

/** A datagram channel in a selector loop. The source's numbers are kept from packet to packet while the JDK hands out the same object. */
final class NioSocket implements RelaySocket {
    private final DatagramChannel channel;
    private final int localPort;
    private PacketListener listener = packet -> {};
    private @Nullable InetSocketAddress source;
    private long sourceHigh;
    private long sourceLow;

    NioSocket(DatagramChannel channel, int localPort) {
        this.channel = channel;
        this.localPort = localPort;
    }

    DatagramChannel channel() {
        return channel;
    }

    void listen(PacketListener receiver) {
        listener = receiver;
    }

    PacketListener listener() {
        return listener;
    }

    @SuppressWarnings(
            "ReferenceEquality") // the JDK repeats the object while the source stays; equals would cost more than it
    // saves
    boolean receive(Packet packet) {
        packet.data.clear();
        InetSocketAddress from;
        try {
            from = (InetSocketAddress) channel.receive(packet.data);
        } catch (IOException gone) {
            return false;
        }
        if (from == null) {
            return false;
        }
        packet.length = packet.data.position();
        if (from != source) {
            source = from;
            sourceHigh = Endpoint.high(from.getAddress());
            sourceLow = Endpoint.low(from.getAddress());
        }
        packet.sourceHigh = sourceHigh;
        packet.sourceLow = sourceLow;
        packet.sourcePort = from.getPort();
        return true;
    }

    @Override
    public int localPort() {
        return localPort;
    }

    @Override
    public boolean send(Packet packet, Endpoint to) {
        packet.data.position(0).limit(packet.length);
        try {
            return channel.send(packet.data, to.socketAddress()) > 0;
        } catch (IOException refused) {
            return false;
        } finally {
            packet.data.clear();
        }
    }

    @Override
    public void close() {
        discard();
    }

    @Override
    public void discard() {
        try {
            channel.close();
        } catch (IOException alreadyGone) {
            // The descriptor is given back by the kernel whatever close reports.
        }
    }
}
