package org.sempervox.chaos.simulation;

import java.util.function.Consumer;

/** A network of datagrams between {@code host:port} addresses. */
interface Wire {
    void attach(String address, Consumer<Packet> receiver);

    void send(Packet packet);
}
