package org.sempervox.cluster.store.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DriverException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.sempervox.cluster.settings.StoreSettings;
import org.sempervox.cluster.store.StoreUnavailable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Connects, makes the tables, prepares the statements; tries again for as long as the store is wanted. */
final class Opening implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Opening.class);
    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long FIRST_PAUSE = TimeUnit.MILLISECONDS.toNanos(200);
    private static final long LONGEST_PAUSE = TimeUnit.SECONDS.toNanos(5);

    private final StoreSettings.Cassandra settings;
    private final CassandraLimits limits;
    private final DriverSetup driver;
    private final CompletableFuture<Opened> opened = new CompletableFuture<>();
    private volatile boolean closed;
    private volatile String why = "";

    private Opening(StoreSettings.Cassandra settings, CassandraLimits limits) {
        this.settings = settings;
        this.limits = limits;
        this.driver = new DriverSetup(settings, limits);
    }

    static Opening begin(StoreSettings.Cassandra settings, CassandraLimits limits) {
        var opening = new Opening(settings, limits);
        Thread.ofVirtual().name("store-opening").start(opening::open);
        return opening;
    }

    /** Waits for it, but not for longer than that. */
    CompletionStage<Opened> within(Duration patience) {
        if (opened.isDone()) {
            return opened;
        }
        CompletableFuture<Opened> waiting = opened.copy();
        CompletableFuture.delayedExecutor(patience.toMillis(), TimeUnit.MILLISECONDS)
                .execute(() -> waiting.completeExceptionally(new StoreUnavailable(
                        why.isEmpty() ? "the store: Cassandra does not answer" : "the store: " + why, null)));
        return waiting;
    }

    @Override
    public void close() {
        closed = true;
        opened.completeExceptionally(new StoreUnavailable("the store is closed", null));
        var _ = opened.thenAccept(ready -> ready.session().closeAsync());
    }

    /** Also a refusal may pass: the role is made later, or nobody who knows the passwords answers Cassandra. */
    private void open() {
        long pause = FIRST_PAUSE;
        while (!closed) {
            try {
                prepare(driver.connect().toCompletableFuture().join());
                return;
            } catch (CompletionException | DriverException e) {
                complain(ConnectFailure.explain(settings, e));
                LockSupport.parkNanos(pause);
                pause = Math.min(LONGEST_PAUSE, pause * 2);
            }
        }
    }

    private void complain(String what) {
        if (!what.equals(why)) {
            LOG.warn("store: {}", what);
            why = what;
        }
    }

    private void prepare(CqlSession session) {
        while (!closed) {
            try {
                new Schema(session, settings, limits).establish();
                if (opened.complete(new Opened(session, new Statements(session, settings.keyspace())))) {
                    return;
                }
            } catch (DriverException e) {
                complain("Cassandra at " + settings.contactPoints() + ": " + e);
                LockSupport.parkNanos(PAUSE);
            } catch (RuntimeException e) {
                LOG.error("Cassandra at {}", settings.contactPoints(), e);
                opened.completeExceptionally(e);
                closed = true;
            }
        }
        session.closeAsync();
    }
}
