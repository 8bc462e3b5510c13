package org.sempervox.media.relay;

import java.util.List;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * Notices a loop that has ended or hangs: its calls are silent, and no standby takes them over as long as the node says it lives. Looks are
 * counted and not time: a process that was frozen as a whole has missed nothing.
 */
final class LoopWatch {
    /** Looks in a row that a loop may leave without an answer. */
    static final int PATIENCE = 12;

    private static final System.Logger LOG = System.getLogger(LoopWatch.class.getName());

    private final List<? extends RelayLoop> loops;
    private final AtomicIntegerArray missed;

    LoopWatch(List<? extends RelayLoop> loops) {
        this.loops = loops;
        this.missed = new AtomicIntegerArray(loops.size());
    }

    /** Whether all loops have answered within the last looks; for one thread at a time. */
    boolean look() {
        boolean all = true;
        for (int i = 0; i < loops.size(); i++) {
            int loop = i;
            int before = missed.getAndIncrement(i);
            if (before == 0) {
                loops.get(i).execute(() -> missed.set(loop, 0));
            } else if (before >= PATIENCE) {
                LOG.log(System.Logger.Level.ERROR, "media loop {0} does not answer", i);
                all = false;
            }
        }
        return all;
    }
}
