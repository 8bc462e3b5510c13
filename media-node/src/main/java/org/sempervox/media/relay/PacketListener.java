package org.sempervox.media.relay;

/** Told of each packet of one socket, on the loop's thread; must not block, allocate or throw. */
@FunctionalInterface
public interface PacketListener {
    void received(Packet packet);
}
