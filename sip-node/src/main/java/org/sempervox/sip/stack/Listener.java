package org.sempervox.sip.stack;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import org.sempervox.core.address.ServiceAddress;
import org.sempervox.core.fence.OutputFence;
import org.sempervox.core.sip.Flow;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The socket of one service address and its receive thread. Bound with SO_REUSEADDR: on Linux the last binder of an address and port
 * gets all packets even if a frozen process still has it bound, so taking an address over is binding it (S15).
 */
final class Listener {
    private static final Logger LOG = LoggerFactory.getLogger(Listener.class);
    private static final int BUFFER_BYTES = 4 * 1024 * 1024;
    private static final int PROBE_BYTES = 16;

    private final ServiceAddress address;
    private final InetSocketAddress local;
    private final OutputFence fence;
    private final Receiver receiver;
    private final Counters counters;
    private final DatagramChannel channel;
    private final Selector selector;
    private final byte[] probe = new byte[PROBE_BYTES + 2];
    private final AtomicInteger unanswered = new AtomicInteger();
    private volatile boolean closed;

    private Listener(
            ServiceAddress address,
            OutputFence fence,
            Receiver receiver,
            Counters counters,
            DatagramChannel channel,
            Selector selector) {
        this.address = address;
        this.local = new InetSocketAddress(InetAddress.ofLiteral(address.host()), address.sipPort());
        this.fence = fence;
        this.receiver = receiver;
        this.counters = counters;
        this.channel = channel;
        this.selector = selector;
        byte[] secret = new byte[PROBE_BYTES];
        new SecureRandom().nextBytes(secret);
        System.arraycopy(secret, 0, probe, 2, PROBE_BYTES);
    }

    static Listener bind(ServiceAddress address, OutputFence fence, Receiver receiver, Counters counters)
            throws IOException {
        InetAddress host = InetAddress.ofLiteral(address.host());
        DatagramChannel channel = DatagramChannel.open(
                host instanceof Inet4Address ? StandardProtocolFamily.INET : StandardProtocolFamily.INET6);
        try {
            channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            channel.setOption(StandardSocketOptions.SO_RCVBUF, BUFFER_BYTES);
            channel.setOption(StandardSocketOptions.SO_SNDBUF, BUFFER_BYTES);
            channel.bind(new InetSocketAddress(host, address.sipPort()));
            channel.configureBlocking(false);
            Selector selector = Selector.open();
            channel.register(selector, SelectionKey.OP_READ);
            var listener = new Listener(address, fence, receiver, counters, channel, selector);
            Thread.ofPlatform().daemon().name("sip-udp-" + address.sentBy()).start(listener::receive);
            return listener;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    ServiceAddress address() {
        return address;
    }

    Sent send(InetSocketAddress to, byte[] data) {
        try {
            channel.send(ByteBuffer.wrap(data), to);
            return Sent.SENT;
        } catch (IOException | RuntimeException e) {
            return closed ? Sent.NOT_SERVED : Sent.FAILED;
        }
    }

    /** Sends a probe through the network stack to itself; how many before it, in a row, got no answer. */
    int probe() {
        int missed = unanswered.getAndIncrement();
        if (send(local, probe) != Sent.SENT) {
            LOG.warn("probe of {} could not be sent", address.sentBy());
        }
        return missed;
    }

    void forgetProbes() {
        unanswered.set(0);
    }

    void close() {
        closed = true;
        selector.wakeup();
    }

    /** Ends only by {@link #close}: whatever a packet does to the code behind, the next one is read. */
    private void receive() {
        ByteBuffer buffer = ByteBuffer.allocateDirect(65_536);
        while (!closed) {
            try {
                selector.select();
                selector.selectedKeys().clear();
                while (!closed && readOne(buffer)) {
                    counters.received.increment();
                }
            } catch (Throwable e) {
                survive(e);
            }
        }
        try {
            channel.close();
            selector.close();
        } catch (IOException e) {
            LOG.warn("socket of {} did not close: {}", address.sentBy(), e.getMessage());
        }
    }

    private boolean readOne(ByteBuffer buffer) throws IOException {
        buffer.clear();
        if (!(channel.receive(buffer) instanceof InetSocketAddress from)) {
            return false;
        }
        buffer.flip();
        byte[] data = new byte[buffer.remaining()];
        buffer.get(data);
        if (Arrays.equals(data, probe)) {
            unanswered.set(0);
            return true;
        }
        if (!fence.open()) {
            counters.discarded.increment();
            return true;
        }
        try {
            receiver.received(Flow.udp(address.index(), from.getAddress().getHostAddress(), from.getPort()), data);
        } catch (Throwable e) {
            survive(e);
        }
        return true;
    }

    private void survive(Throwable problem) {
        if (closed) {
            return;
        }
        counters.survived.increment();
        if (Long.bitCount(counters.survived.sum()) == 1) {
            LOG.error("packet at {} caused a failure ({} so far)", address.sentBy(), counters.survived, problem);
        }
    }
}
