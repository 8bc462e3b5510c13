package org.sempervox.chaos.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/** A socket that says literally what a test wants said and shows literally what came back. */
final class BarePeer implements AutoCloseable {
    private final DatagramSocket socket;

    BarePeer() {
        try {
            socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            socket.setSoTimeout(5000);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    InetSocketAddress address() {
        return (InetSocketAddress) socket.getLocalSocketAddress();
    }

    void send(InetSocketAddress target, String... lines) {
        byte[] bytes = (String.join("\r\n", lines) + "\r\n\r\n").getBytes(StandardCharsets.UTF_8);
        try {
            socket.send(new DatagramPacket(bytes, bytes.length, target));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Answers a request as it came, with more lines. */
    void answer(InetSocketAddress target, SipMessage request, String status, String... more) {
        StringBuilder text = new StringBuilder("SIP/2.0 " + status);
        request.fields("Via").forEach(via -> text.append("\r\nVia: ").append(via));
        text.append("\r\nFrom: ").append(request.get("From"));
        text.append("\r\nTo: ").append(request.get("To")).append(request.toTag().isEmpty() ? ";tag=bare" : "");
        text.append("\r\nCall-ID: ").append(request.callId());
        text.append("\r\nCSeq: ").append(request.get("CSeq"));
        for (String line : more) {
            text.append("\r\n").append(line);
        }
        send(target, text.toString());
    }

    SipMessage receive() {
        byte[] buffer = new byte[8192];
        DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
        try {
            socket.receive(packet);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String text = new String(buffer, 0, packet.getLength(), StandardCharsets.UTF_8);
        SipMessage message = SipParser.parse(text);
        if (message == null) {
            throw new AssertionError(text);
        }
        return message;
    }

    /** The next final response; what comes before it is dropped. */
    SipMessage receiveFinal() {
        SipMessage message = receive();
        while (message.isProvisional()) {
            message = receive();
        }
        return message;
    }

    @Override
    public void close() {
        socket.close();
    }
}
