package org.sempervox.cluster.store;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the events of calls that ended long ago out of the journal, a batch after another until none is left: more calls may end between
 * two runs than fit into a batch. Thread-safe; never blocks.
 */
public final class JournalPurge implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(JournalPurge.class);
    /** Between two batches, so that appends never wait behind a row of them. */
    private static final Duration PAUSE = Duration.ofMillis(50);

    private final Store store;
    private final Duration retention;
    private final BooleanSupplier mine;
    private final BiConsumer<Duration, Runnable> later;
    private final AtomicBoolean busy = new AtomicBoolean();

    /**
     * What it works with.
     *
     * @param mine whether this node does it
     * @param later runs something after a while
     */
    public JournalPurge(Store store, Duration retention, BooleanSupplier mine, BiConsumer<Duration, Runnable> later) {
        this.store = store;
        this.retention = retention;
        this.mine = mine;
        this.later = later;
    }

    /** Starts a run unless one is under way. */
    @Override
    public void run() {
        if (busy.compareAndSet(false, true)) {
            batch();
        }
    }

    private void batch() {
        if (!mine.getAsBoolean()) {
            busy.set(false);
            return;
        }
        store.purge(retention).whenComplete((calls, failure) -> {
            if (failure != null) {
                LOG.warn("ended calls stay in the journal for now: {}", failure.toString());
                busy.set(false);
            } else if (calls == 0) {
                busy.set(false);
            } else {
                LOG.debug("{} ended calls left the journal", calls);
                later.accept(PAUSE, this::batch);
            }
        });
    }
}
