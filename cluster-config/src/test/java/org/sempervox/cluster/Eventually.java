package org.sempervox.cluster;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/** A probe with a deadline. */
public final class Eventually {
    private static final long EVERY = 5_000_000L;

    private Eventually() {}

    /** Waits until it holds. */
    public static void holds(String what, Duration limit, Callable<Boolean> probe) throws Exception {
        long start = System.nanoTime();
        while (!probe.call()) {
            if (System.nanoTime() - start > limit.toNanos()) {
                throw new AssertionError(what + ": not within " + limit);
            }
            LockSupport.parkNanos(EVERY);
        }
    }
}
