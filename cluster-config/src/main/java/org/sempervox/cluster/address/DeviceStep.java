package org.sempervox.cluster.address;

/**
 * What to do next so that a device has the addresses that its node owns. Sets are bits, see {@link Claims}.
 *
 * <pre>
 *   (none) ── owned, nobody claims it / claim ──▶ CLAIMED ── all have answered, nobody else claims it / add ──▶ HELD
 *      ▲                                            │                                                           │
 *      └───────────────── not owned any more / claim no more ◀──────────── not owned any more / remove ◀────────┘
 * </pre>
 *
 * Of two nodes that claim at the same time each sees the other's claim when its own is answered, and both wait until the one that does not
 * own the address has learned it.
 *
 * @param remove to be taken off the device
 * @param claim to be told to the others; what is still to be taken off stays in it
 * @param add to be put on the device
 */
record DeviceStep(long remove, long claim, long add) {
    /**
     * The next step.
     *
     * @param owned what the node owns; nothing while its fence is closed
     * @param held what is on the device
     * @param claimed what the others were told last
     * @param elsewhere what other nodes claim
     * @param answered whether {@code elsewhere} is newer than {@code claimed}
     */
    static DeviceStep of(long owned, long held, long claimed, long elsewhere, boolean answered) {
        long claim = held | (owned & (claimed | ~elsewhere));
        boolean told = (claim & ~claimed) == 0;
        long add = told && answered ? claim & ~held & ~elsewhere : 0;
        return new DeviceStep(held & ~owned, claim, add);
    }
}
