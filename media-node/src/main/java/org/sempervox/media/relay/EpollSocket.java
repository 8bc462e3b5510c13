package org.sempervox.media.relay;

import io.netty.channel.IoEvent;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.unix.FileDescriptor;
import io.netty.channel.unix.Socket;
import io.netty.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** A socket in one of Netty's epoll loops, level-triggered: one read per readiness, because a leg has one packet per 20 ms. */
final class EpollSocket implements RelaySocket, EpollIoHandle {
    private final Socket socket;
    private final int descriptor;
    private final int localPort;
    private EpollTransport.@Nullable Loop loop;
    private @Nullable PacketListener listener;
    private @Nullable IoRegistration registration;
    private boolean closed;

    EpollSocket(Socket socket, int localPort) {
        this.socket = socket;
        this.descriptor = socket.intValue();
        this.localPort = localPort;
    }

    void attach(IoEventLoop netty, EpollTransport.Loop owner, PacketListener receiver) {
        loop = owner;
        listener = receiver;
        Future<IoRegistration> done = netty.register(this);
        IoRegistration registered = done.getNow();
        if (registered == null) {
            close();
            return;
        }
        registration = registered;
        registered.submit(EpollIoOps.EPOLLIN);
    }

    @Override
    public FileDescriptor fd() {
        return socket;
    }

    @Override
    public void handle(IoRegistration from, IoEvent event) {
        EpollTransport.Loop owner = loop;
        PacketListener receiver = listener;
        if (owner == null || receiver == null || closed) {
            return;
        }
        owner.beginRound();
        if (owner.datagrams().receive(descriptor)) {
            receiver.received(owner.packet());
        }
    }

    @Override
    public int localPort() {
        return localPort;
    }

    @Override
    public boolean send(Packet packet, Endpoint to) {
        EpollTransport.Loop owner = loop;
        return owner != null && !closed && owner.datagrams().send(descriptor, to);
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        if (registration != null) {
            registration.cancel();
        }
        discard();
    }

    @Override
    public void discard() {
        NativeSockets.close(socket);
    }
}
