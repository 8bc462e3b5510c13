package org.sempervox.cluster.store;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
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
            all(0).whenComplete((calls, failure) -> {
                busy.set(false);
                if (failure != null) {
                    LOG.warn("ended calls stay in the journal for now: {}", failure.toString());
                } else {
                    LOG.debug("{} ended calls left the journal", calls);
                }
            });
        }
    }

    /** How many calls left the journal, together with those before. */
    CompletionStage<Integer> all(int before) {
        if (!mine.getAsBoolean()) {
            return CompletableFuture.completedFuture(before);
        }
        return store.purge(retention).thenCompose(calls -> {
            if (calls == 0) {
                return CompletableFuture.completedFuture(before);
            }
            var next = new CompletableFuture<Integer>();
            later.accept(
                    PAUSE,
                    () -> all(before + calls).whenComplete((sum, failure) -> {
                        if (failure == null) {
                            next.complete(sum);
                        } else {
                            next.completeExceptionally(failure);
                        }
                    }));
            return next;
        });
    }
}
