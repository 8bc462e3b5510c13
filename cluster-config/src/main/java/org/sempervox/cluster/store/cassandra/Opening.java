package org.sempervox.cluster.store.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DriverException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
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

    private final StoreSettings.Cassandra settings;
    private final CassandraLimits limits;
    private final CompletableFuture<Opened> opened = new CompletableFuture<>();
    private volatile boolean closed;

    private Opening(StoreSettings.Cassandra settings, CassandraLimits limits) {
        this.settings = settings;
        this.limits = limits;
    }

    static Opening begin(StoreSettings.Cassandra settings, CassandraLimits limits) {
        var opening = new Opening(settings, limits);
        DriverSetup.connect(settings, limits).whenComplete((session, failure) -> {
            if (failure != null) {
                LOG.error("Cassandra at {}: {}", settings.contactPoints(), failure.toString());
                opening.opened.completeExceptionally(
                        new StoreUnavailable("the store: " + failure.getMessage(), failure));
            } else {
                Thread.ofVirtual().name("store-opening").start(() -> opening.prepare(session));
            }
        });
        return opening;
    }

    /** Waits for it, but not for longer than that. */
    CompletionStage<Opened> within(Duration patience) {
        if (opened.isDone()) {
            return opened;
        }
        CompletableFuture<Opened> waiting = opened.copy();
        CompletableFuture.delayedExecutor(patience.toMillis(), TimeUnit.MILLISECONDS)
                .execute(() -> waiting.completeExceptionally(
                        new StoreUnavailable("the store: Cassandra does not answer", null)));
        return waiting;
    }

    @Override
    public void close() {
        closed = true;
        opened.completeExceptionally(new StoreUnavailable("the store is closed", null));
        var _ = opened.thenAccept(ready -> ready.session().closeAsync());
    }

    private void prepare(CqlSession session) {
        boolean warned = false;
        while (!closed) {
            try {
                new Schema(session, settings, limits).establish();
                if (opened.complete(new Opened(session, new Statements(session, settings.keyspace())))) {
                    return;
                }
            } catch (DriverException e) {
                if (!warned) {
                    LOG.warn("Cassandra at {}: {}", settings.contactPoints(), e.toString());
                    warned = true;
                }
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
