package org.sempervox.chaos.ground;

import java.io.IOException;
import java.util.List;

/** A network between hosts that can be cut; by silence, never by refusal. Hosts have the names of their nodes. */
public interface Network extends AutoCloseable {
    /** No packet between that host and any other node's; phones and store reach it. */
    void isolate(String host) throws IOException;

    /** No packet from {@code from} arrives at {@code to}. */
    void cutOneWay(String from, String to) throws IOException;

    void split(List<String> some, List<String> others) throws IOException;

    /** Neither nodes nor phones nor store. */
    void unplug(String host) throws IOException;

    /** So many percent of the packets between nodes are dropped. */
    void loss(int percent) throws IOException;

    /** All its processes die and its network is gone in the same moment. */
    void powerOff(String host) throws IOException;

    void powerOn(String host) throws IOException;

    /** As if nothing had been cut. */
    void heal() throws IOException;

    @Override
    void close();
}
