package org.sempervox.media.relay;

import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.LinuxSocket;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import org.sempervox.media.relay.RelayTransport.Binding;

/** Binds the sockets of those transports that work on file descriptors. */
final class NativeSockets {
    static {
        // Loads the library that the sockets are made by.
        Epoll.ensureAvailability();
    }

    private NativeSockets() {}

    /** A non-blocking UDP socket; see {@link Binding} for who shares its port. */
    static LinuxSocket bind(InetSocketAddress local, Binding binding) throws IOException {
        LinuxSocket socket = LinuxSocket.newSocketDgram(local.getAddress() instanceof Inet6Address);
        try {
            if (binding == Binding.SHARED) {
                socket.setReuseAddress(true);
            }
            socket.setReceiveBufferSize(RelayTransport.RECEIVE_BUFFER);
            socket.setTrafficClass(RelayTransport.TRAFFIC_CLASS);
            socket.bind(local);
            // Set after the bind it does not share the port now but lets a later owner of the address bind it.
            socket.setReuseAddress(true);
            return socket;
        } catch (IOException | RuntimeException refused) {
            socket.close();
            throw refused;
        }
    }

    static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException alreadyGone) {
            // The descriptor is given back by the kernel whatever close reports.
        }
    }
}
