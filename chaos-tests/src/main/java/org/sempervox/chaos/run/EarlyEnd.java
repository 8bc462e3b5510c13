package org.sempervox.chaos.run;

import org.jspecify.annotations.Nullable;
import org.sempervox.chaos.ground.Ground;
import org.sempervox.cluster.cli.Exit;

/**
 * What an end of the program before its time does (Ctrl-C, SIGTERM): heals what is broken and ends what was started. There is no verdict
 * then. Closed when the work is done.
 */
final class EarlyEnd implements AutoCloseable {
    private volatile @Nullable Ground ground;
    private volatile boolean came;
    private volatile boolean over;

    private EarlyEnd() {}

    /** From now on. */
    static EarlyEnd watched() {
        var end = new EarlyEnd();
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("clean").unstarted(end::interrupt));
        return end;
    }

    /** The one that is in use now. */
    void heals(Ground now) {
        ground = now;
    }

    /** Whether it is under way: whatever fails now fails because of it. */
    boolean came() {
        return came;
    }

    /** Runs at every end of the program; does something at an early one only. */
    private void interrupt() {
        Ground own = ground;
        if (over || own == null) {
            return;
        }
        came = true;
        System.out.println("interrupted: healing, ending calls, nodes and store; no verdict");
        own.close();
        Runtime.getRuntime().halt(Exit.INTERRUPTED);
    }

    @Override
    public void close() {
        over = true;
    }
}
