package org.sempervox.chaos.ground;

import java.io.IOException;
import java.util.Optional;

/** A fault that was carried out. */
public interface Injection {
    /** What was done, for people. */
    String detail();

    /** Takes it back, as far as it can be; once only. Returns what a node did that had been given up, if one came back. */
    Optional<CameBack> heal() throws IOException, InterruptedException;

    /**
     * A node that the others had given up.
     *
     * @param endedMs from its return to the end of its process; negative if it goes on
     * @param from when it came back, as {@link System#nanoTime}
     */
    record CameBack(String node, double endedMs, long from) {}

    /** There is nothing to take back. */
    static Injection lasting(String detail) {
        return until(detail, Optional::empty);
    }

    /** Is taken back by an action. */
    static Injection until(String detail, Heal heal) {
        return new Injection() {
            @Override
            public String detail() {
                return detail;
            }

            @Override
            public Optional<CameBack> heal() throws IOException, InterruptedException {
                return heal.heal();
            }
        };
    }

    /** See {@link Injection#heal}. */
    interface Heal {
        Optional<CameBack> heal() throws IOException, InterruptedException;
    }
}
