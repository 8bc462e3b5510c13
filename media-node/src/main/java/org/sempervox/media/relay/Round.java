package org.sempervox.media.relay;

import java.util.function.LongSupplier;
import org.sempervox.core.fence.OutputFence;

/**
 * One wake-up of a loop and the packets that it found: one reading of the clock and of the output fence serves all of them (S21). Only
 * on the loop's thread.
 */
public final class Round {
    private final LongSupplier clock;
    private final OutputFence fence;
    private long now;
    private boolean open;

    /** A round of one loop; {@code clock} gives monotonic nanoseconds. */
    public Round(LongSupplier clock, OutputFence fence) {
        this.clock = clock;
        this.fence = fence;
        begin();
    }

    void begin() {
        now = clock.getAsLong();
        open = fence.open();
    }

    /** Nanoseconds at the start of the round. */
    public long now() {
        return now;
    }

    /** Whether packets of this round may be sent. */
    public boolean open() {
        return open;
    }
}
