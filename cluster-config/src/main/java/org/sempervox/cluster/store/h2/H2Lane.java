package org.sempervox.cluster.store.h2;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.sempervox.cluster.settings.StoreSettings;
import org.sempervox.cluster.store.StoreUnavailable;

/** Threads with a connection each for work that may be repeated: what is slow on one lane holds up no other. */
final class H2Lane implements AutoCloseable {
    private final String name;
    private final H2Limits limits;
    private final BlockingQueue<Job<?>> jobs;
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean closed;

    H2Lane(String name, int threads, StoreSettings.Embedded settings, H2Limits limits) {
        this.name = name;
        this.limits = limits;
        this.jobs = new ArrayBlockingQueue<>(limits.waiting());
        for (int i = 0; i < threads; i++) {
            this.threads.add(
                    Thread.ofPlatform().daemon().name("store-" + name + "-" + i).start(() -> {
                        try (var connection = new H2Connection(settings, limits)) {
                            serve(connection);
                        }
                    }));
        }
    }

    <T> CompletableFuture<T> run(H2Connection.Work<T> work) {
        var job = new Job<>(work, System.nanoTime() + limits.patience().toNanos(), new CompletableFuture<>());
        if (closed || !jobs.offer(job)) {
            job.done.completeExceptionally(refusal());
        }
        return job.done;
    }

    @Override
    public void close() {
        closed = true;
        threads.forEach(Thread::interrupt);
        for (Job<?> job = jobs.poll(); job != null; job = jobs.poll()) {
            job.done.completeExceptionally(refusal());
        }
    }

    private StoreUnavailable refusal() {
        return new StoreUnavailable(
                closed ? "the store is closed" : "the store: " + limits.waiting() + " requests wait on lane " + name,
                null);
    }

    private void serve(H2Connection connection) {
        while (!closed) {
            try {
                jobs.take().attempt(connection, () -> closed);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private record Job<T>(H2Connection.Work<T> work, long deadline, CompletableFuture<T> done) {
        void attempt(H2Connection connection, java.util.function.BooleanSupplier closed) {
            var pause = new Pause();
            SQLException last = null;
            while (!closed.getAsBoolean() && (last == null || System.nanoTime() - deadline < 0)) {
                try {
                    done.complete(work.run(connection));
                    return;
                } catch (SQLException e) {
                    connection.close();
                    last = e;
                    if (!H2Connection.passing(e)) {
                        break;
                    }
                    pause.take();
                } catch (RuntimeException e) {
                    done.completeExceptionally(e);
                    return;
                }
            }
            fail(last);
        }

        private void fail(@Nullable SQLException last) {
            done.completeExceptionally(
                    new StoreUnavailable("the store: " + (last == null ? "closed" : last.getMessage()), last));
        }
    }
}
