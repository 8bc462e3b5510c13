package org.sempervox.cluster.address;

/**
 * What nodes tell each other of the addresses on their devices, so that no two machines have the same one. Sets of addresses are bits, by
 * position in {@link MovingHosts}. Thread-safe, never blocks.
 */
public interface Claims {
    /** Addresses that fit into what nodes tell each other. */
    int MOST = 56;

    /** Tells the others what this node has or is about to take; from before an address is on its device until after it has left it. */
    void claim(long hosts);

    /** What other nodes claim that may still speak. */
    long elsewhere();

    /**
     * Whether {@link #elsewhere} takes the last {@link #claim} into account: all nodes that may claim have answered since, or, if they
     * have answered before, had 50 ms for it.
     */
    boolean answered();
}
