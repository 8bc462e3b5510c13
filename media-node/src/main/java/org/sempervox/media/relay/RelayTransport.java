package org.sempervox.media.relay;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;

/** The seam between the relay and the operating system. {@link #bind} and {@link #close} on any thread. */
public interface RelayTransport extends AutoCloseable {
    /** Octets that a leg's late audio may take in the kernel. */
    int RECEIVE_BUFFER = 64 * 1024;
    /** Expedited Forwarding (RFC 3246), as it stands in the IP header. */
    int TRAFFIC_CLASS = 0xB8;

    enum Binding {
        /** Fails if any other program is bound to the port; a later owner of the address can still bind it. */
        EXCLUSIVE,
        /** Shares the port with the old owner of the address; the last to bind gets the packets (Linux, SO_REUSEADDR). */
        SHARED
    }

    String name();

    List<? extends RelayLoop> loops();

    /** A bound socket, not yet attached to a loop; packets wait in its buffer. Blocks only for the system calls. */
    RelaySocket bind(InetSocketAddress local, Binding binding) throws IOException;

    /** Stops the loops and closes all sockets. */
    @Override
    void close();
}
