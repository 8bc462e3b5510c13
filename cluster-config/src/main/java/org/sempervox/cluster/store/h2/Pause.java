package org.sempervox.cluster.store.h2;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Between two attempts: longer each time, never so long that a store that is back waits for us. */
final class Pause {
    private static final long FIRST = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long LONGEST = TimeUnit.MILLISECONDS.toNanos(500);

    private long next = FIRST;

    /** Blocks the thread. */
    void take() {
        LockSupport.parkNanos(next);
        next = Math.min(LONGEST, next * 2);
    }
}
