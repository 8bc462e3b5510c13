package org.sempervox.media.relay;

/**
 * A bound, unconnected UDP socket. Never connected: on Linux a connected socket goes before the sockets of a newer owner of the address,
 * an unconnected one goes after them. All methods only on the thread of the loop that it is attached to, except {@link #discard}.
 */
public interface RelaySocket {
    int localPort();

    /**
     * Sends now, or at the end of the round, or not at all: false if the kernel took nothing (buffer full, no route, address gone); see
     * {@link RelayLoop#onRefusal}. Only for the packet that is being received.
     */
    boolean send(Packet packet, Endpoint to);

    /** Ends it and frees the port; idempotent. */
    void close();

    /** Closes a socket that was never attached to a loop, on any thread. */
    void discard();
}
