package org.sempervox.media.relay;

import java.util.concurrent.atomic.AtomicLongArray;

/** Counters of one loop: written on its thread only, read on any. */
final class RelayCounters {
    private static final int RELAYED = DropReason.values().length;

    private final AtomicLongArray counts = new AtomicLongArray(RELAYED + 1);

    void relayed() {
        add(RELAYED);
    }

    /** A packet counted as relayed was not taken by the kernel after all. */
    void refused() {
        counts.setOpaque(RELAYED, counts.getPlain(RELAYED) - 1);
        dropped(DropReason.SEND_FAILED);
    }

    void dropped(DropReason reason) {
        add(slot(reason));
    }

    long relayedCount() {
        return counts.getOpaque(RELAYED);
    }

    long droppedCount(DropReason reason) {
        return counts.getOpaque(slot(reason));
    }

    @SuppressWarnings("EnumOrdinal") // a place in an array of this JVM, never stored or sent
    private static int slot(DropReason reason) {
        return reason.ordinal();
    }

    private void add(int index) {
        counts.setOpaque(index, counts.getPlain(index) + 1);
    }
}
