package org.sempervox.cluster.core;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.sempervox.cluster.store.Store;
import org.sempervox.cluster.store.StoreHealth;
import org.sempervox.core.call.CallState;
import org.sempervox.core.call.Outage;
import org.sempervox.core.fence.OutputFence;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The node's sign of life in the store. It tells two things: whether the store can be written to at all (S28), and after a stop of the
 * whole cluster, until when it had lived (S29).
 */
final class StoreWatch implements StoreHealth {
    static final Duration INTERVAL = Duration.ofSeconds(1);

    private static final Logger LOG = LoggerFactory.getLogger(StoreWatch.class);
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Store store;
    private final String node;
    private final OutputFence fence;
    private final InstantSource clock;
    private final LongSupplier nanos;
    private final AtomicBoolean beating = new AtomicBoolean();
    private final AtomicLong answeredAt;
    private volatile Optional<Outage> lastOutage = Optional.empty();
    private final AtomicBoolean silent = new AtomicBoolean();

    /** {@code nanos}: a clock like {@link System#nanoTime}. */
    StoreWatch(Store store, String node, OutputFence fence, InstantSource clock, LongSupplier nanos) {
        this.store = store;
        this.node = node;
        this.fence = fence;
        this.clock = clock;
        this.nanos = nanos;
        this.answeredAt = new AtomicLong(nanos.getAsLong());
    }

    /**
     * Until when the cluster had lived before all its nodes were dead at once for longer than peers repeat anything; empty if that has
     * never been. Before the first {@link #beat}: a node that sees nobody's recent sign of life was among the first to start.
     */
    CompletionStage<Optional<Instant>> standstill() {
        Instant now = clock.instant();
        return store.lastBeat()
                .thenCompose(last -> {
                    Instant aliveAt = last.orElse(now);
                    if (!now.isAfter(aliveAt.plus(CallState.LINGER))) {
                        return CompletableFuture.completedFuture(null);
                    }
                    LOG.warn("no node has lived since {}: calls are asked whether they go on", aliveAt);
                    return store.stoodStill(aliveAt);
                })
                .thenCompose(_ -> store.lastStandstill())
                .thenApply(aliveAt -> {
                    answeredAt.set(nanos.getAsLong());
                    return aliveAt;
                });
    }

    /** Every {@link #INTERVAL}; one at a time. */
    void beat() {
        boolean answers = answers();
        if (silent.compareAndSet(answers, !answers)) {
            LOG.warn(answers ? "the store answers again" : "the store does not answer: new calls get 503");
        }
        if (!fence.open() || !beating.compareAndSet(false, true)) {
            return;
        }
        store.beat(node, clock.instant()).whenComplete((_, failure) -> {
            if (failure == null) {
                // Before it is forgotten how long this took.
                lastOutage = outage();
                answeredAt.set(nanos.getAsLong());
            } else {
                LOG.debug("no sign of life: {}", failure.toString());
            }
            beating.set(false);
        });
    }

    /** The last time for which nothing could be stored for two seconds, until now if that is still so; empty if it always could. */
    Optional<Outage> outage() {
        Duration unanswered = Duration.ofNanos(nanos.getAsLong() - answeredAt.get());
        if (unanswered.compareTo(PATIENCE) < 0) {
            return lastOutage;
        }
        Instant now = clock.instant();
        return Optional.of(new Outage(now.minus(unanswered), now));
    }

    @Override
    public boolean answers() {
        return nanos.getAsLong() - answeredAt.get() < INTERVAL.plus(PATIENCE).toNanos();
    }
}
