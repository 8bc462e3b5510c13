package org.sempervox.chaos.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The audio of one call: its RTP socket on an even port, what it says and what it hears. The packet path allocates nothing
 * of its own. Safe from any thread.
 */
public final class Audio {
    private final SipLoop sip;
    private final RtpLoop rtp;
    private final DatagramChannel channel;
    private final DatagramChannel companion;
    private final int port;
    private final long key = Ids.key();
    private final AudioMeter meter;
    private final ByteBuffer packet;
    private final AtomicLong sent = new AtomicLong();
    private final List<CompletableFuture<Outcome>> listeners = new ArrayList<>();
    private volatile boolean listening;
    private volatile @Nullable InetSocketAddress target;
    private volatile boolean muted;
    private volatile boolean closed;
    private volatile long closedAt;
    private int sequence = Ids.ssrc() & 0x7fff;
    private int timestamp = Ids.ssrc();
    private int number;
    private boolean marker = true;

    Audio(SipLoop sip, RtpLoop rtp, String host, boolean caller) {
        this.sip = sip;
        this.rtp = rtp;
        byte side = caller ? AudioPattern.CALLER : AudioPattern.CALLEE;
        meter = new AudioMeter(key, side, System.nanoTime(), rtp.repeats());
        packet = AudioPattern.template(Ids.ssrc(), key, side);
        try {
            PortPair ports = PortPair.open(InetAddress.ofLiteral(host));
            channel = ports.even();
            companion = ports.odd();
            port = ((InetSocketAddress) channel.getLocalAddress()).getPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        rtp.add(this);
    }

    /** Begins a new window of measuring. */
    public void mark() {
        meter.mark(System.nanoTime());
    }

    /** The window since the last mark, up to now or to the end of the call. */
    public AudioStats stats() {
        return meter.stats(closed ? closedAt : System.nanoTime());
    }

    /** The silences in it, in the order of time. */
    public List<Silence> silences() {
        return meter.silences(closed ? closedAt : System.nanoTime());
    }

    /** Names this side's audio; never 0. */
    public long key() {
        return key;
    }

    /** Says whose audio must be heard; without it the first pattern heard is taken for the right one. */
    public void expect(long peerKey) {
        meter.expect(peerKey);
    }

    /** Stops or restarts sending, whatever was negotiated. */
    public void mute(boolean silent) {
        muted = silent;
    }

    /** Packets sent since the call began. */
    public long sent() {
        return sent.get();
    }

    /** Whether audio is being sent now. */
    public boolean isSending() {
        return target != null && !muted;
    }

    /** Done when the next packet of the expected sender arrives. */
    public CompletableFuture<Outcome> heard(Duration within) {
        return sip.within(within, () -> Outcome.unknown("nothing heard"), future -> {
            synchronized (listeners) {
                listeners.removeIf(CompletableFuture::isDone);
                listeners.add(future);
                listening = true;
            }
        });
    }

    int port() {
        return port;
    }

    /** Takes the peer's RTCP out of other sockets' way; never read. */
    DatagramChannel companion() {
        return companion;
    }

    DatagramChannel channel() {
        return channel;
    }

    /** Null stops sending. */
    void sendTo(@Nullable InetSocketAddress address) {
        target = closed ? null : address;
    }

    /** One packet time has passed; on the RTP thread. */
    void tick(long now) {
        timestamp += AudioPattern.SAMPLES;
        InetSocketAddress to = target;
        if (to == null || muted) {
            marker = true;
            return;
        }
        AudioPattern.stamp(packet, sequence, timestamp, marker, number, now);
        packet.clear();
        try {
            channel.send(packet, to);
            sent.lazySet(sent.get() + 1);
        } catch (IOException e) {
            rtp.countSendError();
        }
        marker = false;
        sequence = (sequence + 1) & 0xffff;
        number++;
    }

    /** On the RTP thread. */
    void received(ByteBuffer datagram, long now) {
        if (meter.packet(datagram, now) && listening) {
            List<CompletableFuture<Outcome>> told;
            synchronized (listeners) {
                told = List.copyOf(listeners);
                listeners.clear();
                listening = false;
            }
            sip.execute(() -> told.forEach(future -> future.complete(Outcome.ok(200, "heard"))));
        }
    }

    void close() {
        closedAt = System.nanoTime();
        closed = true;
        target = null;
        rtp.remove(this);
    }
}
