package org.sempervox.media.relay;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.sempervox.core.media.MediaPlan.RtpPeer;

/** A phone's RTP and RTCP sockets. */
public final class Phone implements AutoCloseable {
    private static final int DEADLINE_MILLIS = 5000;

    private final DatagramSocket audio;
    private final DatagramSocket control;
    private final InetAddress relay;
    private int sequence = 100;

    public Phone(String relayHost) {
        relay = InetAddress.ofLiteral(relayHost);
        String own = relayHost.contains(":") ? "::1" : "127.0.0.1";
        try {
            audio = new DatagramSocket(new InetSocketAddress(InetAddress.ofLiteral(own), 0));
            control = new DatagramSocket(new InetSocketAddress(InetAddress.ofLiteral(own), 0));
            audio.setSoTimeout(DEADLINE_MILLIS);
            control.setSoTimeout(DEADLINE_MILLIS);
        } catch (SocketException e) {
            throw new UncheckedIOException(e);
        }
    }

    public RtpPeer peer() {
        return new RtpPeer(audio.getLocalAddress().getHostAddress(), audio.getLocalPort(), control.getLocalPort());
    }

    RtpPeer muxedPeer() {
        return new RtpPeer(audio.getLocalAddress().getHostAddress(), audio.getLocalPort(), audio.getLocalPort());
    }

    /** A G.711 packet of 20 ms whose payload begins with the mark. */
    static byte[] rtp(int sequence, int mark) {
        return ByteBuffer.allocate(172)
                .put((byte) 0x80)
                .put((byte) 8)
                .putShort((short) sequence)
                .putInt(sequence * 160)
                .putInt(0x1234)
                .putInt(mark)
                .array();
    }

    static byte[] receiverReport(int mark) {
        return ByteBuffer.allocate(8)
                .put((byte) 0x80)
                .put((byte) 201)
                .putShort((short) 1)
                .putInt(mark)
                .array();
    }

    public void say(int mark, int toPort) {
        send(audio, rtp(sequence++, mark), toPort);
    }

    void sayRaw(byte[] packet, int toPort) {
        send(audio, packet, toPort);
    }

    void report(int mark, int toPort) {
        send(control, receiverReport(mark), toPort);
    }

    /** The mark of the next audio packet. */
    public int hear() {
        return ByteBuffer.wrap(receive(audio).getData()).getInt(12);
    }

    byte[] hearRaw() {
        DatagramPacket packet = receive(audio);
        return Arrays.copyOf(packet.getData(), packet.getLength());
    }

    /** Port that the next audio packet comes from. */
    int hearFrom() {
        return receive(audio).getPort();
    }

    byte[] hearControl() {
        DatagramPacket packet = receive(control);
        return Arrays.copyOf(packet.getData(), packet.getLength());
    }

    /** Whether audio comes within the time. */
    boolean hearsWithin(int millis) {
        try {
            audio.setSoTimeout(millis);
            audio.receive(new DatagramPacket(new byte[2048], 2048));
            return true;
        } catch (SocketTimeoutException silent) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            try {
                audio.setSoTimeout(DEADLINE_MILLIS);
            } catch (SocketException closed) {
                // Only while a test ends.
            }
        }
    }

    private void send(DatagramSocket from, byte[] data, int toPort) {
        try {
            from.send(new DatagramPacket(data, data.length, relay, toPort));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static DatagramPacket receive(DatagramSocket at) {
        var packet = new DatagramPacket(new byte[2048], 2048);
        try {
            at.receive(packet);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packet;
    }

    @Override
    public void close() {
        audio.close();
        control.close();
    }
}
