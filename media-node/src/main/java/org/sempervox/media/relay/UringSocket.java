package org.sempervox.media.relay;

import io.netty.channel.unix.Socket;
import org.jspecify.annotations.Nullable;

/** A socket in an {@link UringLoop}, which receives into its buffers until it is closed. */
final class UringSocket implements RelaySocket {
    private final Socket socket;
    private final int localPort;
    private @Nullable UringLoop loop;
    private PacketListener listener = packet -> {};
    private boolean closed;
    /** Its place in the loop. */
    int place;
    /** A request to receive is with the kernel, or its last answer has not been read. */
    boolean receiving;
    /** Requests that ended with an error, one after the other. */
    int failures;

    UringSocket(Socket socket, int localPort) {
        this.socket = socket;
        this.localPort = localPort;
    }

    void attach(UringLoop owner, PacketListener receiver) {
        loop = owner;
        listener = receiver;
    }

    int descriptor() {
        return socket.intValue();
    }

    boolean closed() {
        return closed;
    }

    PacketListener listener() {
        return listener;
    }

    @Override
    public int localPort() {
        return localPort;
    }

    @Override
    public boolean send(Packet packet, Endpoint to) {
        UringLoop owner = loop;
        return owner != null && !closed && owner.send(this, packet, to);
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        UringLoop owner = loop;
        if (owner != null) {
            owner.detach(this);
        }
        discard();
    }

    @Override
    public void discard() {
        NativeSockets.close(socket);
    }
}
