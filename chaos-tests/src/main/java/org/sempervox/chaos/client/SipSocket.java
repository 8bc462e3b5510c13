package org.sempervox.chaos.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.charset.StandardCharsets;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** A phone's UDP socket: text to datagrams and back, with the trace and the rport of RFC 3581. */
final class SipSocket implements AutoCloseable {
    private static final int MAX_DATAGRAM = 65536;
    private final DatagramChannel channel;
    private final InetSocketAddress local;
    private final Trace trace;
    private final boolean keepRaw;
    private final ByteBuffer in;
    private BiConsumer<SipMessage, InetSocketAddress> receiver = (_, _) -> {};

    SipSocket(String host, Trace trace, boolean keepRaw, ByteBuffer shared) {
        this.trace = trace;
        this.keepRaw = keepRaw;
        this.in = shared;
        try {
            channel = DatagramChannel.open();
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.SO_RCVBUF, 1 << 18);
            channel.bind(new InetSocketAddress(InetAddress.ofLiteral(host), 0));
            local = (InetSocketAddress) channel.getLocalAddress();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static ByteBuffer buffer() {
        return ByteBuffer.allocateDirect(MAX_DATAGRAM);
    }

    InetSocketAddress local() {
        return local;
    }

    /** The address as it stands in a URI or a Via. */
    String hostPort() {
        return SipUri.literal(local);
    }

    void open(SipLoop loop, BiConsumer<SipMessage, InetSocketAddress> to) {
        receiver = to;
        loop.register(channel, this::readable);
    }

    private void readable() {
        try {
            for (int i = 0; i < 64; i++) {
                in.clear();
                SocketAddress source = channel.receive(in);
                if (source == null) {
                    return;
                }
                in.flip();
                if (source instanceof InetSocketAddress address && in.remaining() > 4) {
                    received(StandardCharsets.UTF_8.decode(in).toString(), address);
                }
            }
        } catch (IOException e) {
            trace.violation(Trace.Rule.MALFORMED, "", "receive: " + e.getMessage());
        }
    }

    private void received(String text, InetSocketAddress source) {
        SipMessage message = SipParser.parse(text);
        if (message == null) {
            trace.violation(Trace.Rule.MALFORMED, "", text.substring(0, Math.min(80, text.length())));
            return;
        }
        record(Trace.Way.IN, message, source, text);
        if (message.isRequest()) {
            stampVia(message, source);
        }
        receiver.accept(message, source);
    }

    private static void stampVia(SipMessage request, InetSocketAddress source) {
        String field = request.get("Via");
        String via = request.topVia();
        String rest = field.length() > via.length() ? field.substring(via.length()) : "";
        StringBuilder stamped = new StringBuilder();
        for (String part : HeaderValue.split(via, ';')) {
            boolean rport = part.equalsIgnoreCase("rport");
            stamped.append(stamped.isEmpty() ? "" : ";").append(rport ? "rport=" + source.getPort() : part);
        }
        stamped.append(";received=").append(source.getAddress().getHostAddress());
        request.replaceFirst("Via", stamped + rest);
    }

    /** Where a response goes: back to the source, or to the port of the Via if the sender did not ask for rport. */
    static InetSocketAddress responseTarget(SipMessage request, InetSocketAddress source) {
        if (HeaderValue.parameter(request.topVia(), "rport") != null) {
            return source;
        }
        SipUri sentBy = SipUri.parse("sip:" + request.sentBy());
        return sentBy == null ? source : new InetSocketAddress(source.getAddress(), sentBy.port());
    }

    void send(SipMessage message, InetSocketAddress target) {
        String text = message.encode();
        record(Trace.Way.OUT, message, target, text);
        try {
            channel.send(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), target);
        } catch (IOException e) {
            trace.violation(Trace.Rule.UNREACHABLE_TARGET, message.callId(), target + ": " + e.getMessage());
        }
    }

    void violation(Trace.Rule rule, SipMessage message, String detail) {
        trace.violation(rule, message.callId(), detail);
    }

    private void record(Trace.Way way, SipMessage message, InetSocketAddress peer, @Nullable String text) {
        trace.add(new Trace.Entry(
                System.nanoTime(),
                way,
                SipUri.literal(peer),
                message.firstLine(),
                message.callId(),
                message.get("CSeq"),
                message.branch(),
                keepRaw ? text : null));
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
