package org.sempervox.cluster.store.h2;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.sempervox.cluster.settings.StoreSettings;
import org.sempervox.cluster.store.Repetition;
import org.sempervox.cluster.store.StoreUnavailable;
import org.sempervox.cluster.store.StoredEvent;

/**
 * Group commit: what many entities append while a thread waits for the database goes there next as one statement and one transaction. If
 * one of them is refused, they are stored one by one, so that only that one fails.
 */
final class H2Appends implements AutoCloseable {
    private static final int THREADS = 2;
    private static final int MOST_ROWS = 32;

    private final H2Limits limits;
    private final BlockingQueue<Append> queue;
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean closed;

    H2Appends(StoreSettings.Embedded settings, H2Limits limits) {
        this.limits = limits;
        this.queue = new ArrayBlockingQueue<>(limits.waiting());
        for (int i = 0; i < THREADS; i++) {
            threads.add(Thread.ofPlatform().daemon().name("store-append-" + i).start(() -> {
                try (var connection = new H2Connection(settings, limits)) {
                    serve(connection);
                }
            }));
        }
    }

    CompletableFuture<Void> add(List<StoredEvent> events) {
        var append = new Append(events, System.nanoTime() + limits.patience().toNanos(), new CompletableFuture<>());
        if (events.isEmpty()) {
            append.done.complete(null);
        } else if (closed || !queue.offer(append)) {
            append.fail(new StoreUnavailable(
                    closed ? "the store is closed" : "the store: " + limits.waiting() + " appends wait", null));
        }
        return append.done;
    }

    @Override
    public void close() {
        closed = true;
        threads.forEach(Thread::interrupt);
        for (Append append = queue.poll(); append != null; append = queue.poll()) {
            append.fail(new StoreUnavailable("the store is closed", null));
        }
    }

    private void serve(H2Connection connection) {
        var taken = new ArrayList<Append>();
        while (!closed) {
            try {
                taken.add(queue.take());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
            queue.drainTo(taken, MOST_ROWS - 1);
            inGroups(taken, group -> store(connection, group));
            taken.clear();
        }
    }

    /** The events of one append stay together, however many they are. */
    private static void inGroups(List<Append> appends, Consumer<List<Append>> each) {
        var group = new ArrayList<Append>();
        int rows = 0;
        for (Append append : appends) {
            if (!group.isEmpty() && rows + append.events.size() > MOST_ROWS) {
                each.accept(List.copyOf(group));
                group.clear();
                rows = 0;
            }
            group.add(append);
            rows += append.events.size();
        }
        each.accept(List.copyOf(group));
    }

    /** Returns when each of them has succeeded or failed. */
    private void store(H2Connection connection, List<Append> group) {
        var pause = new Pause();
        List<Append> open = alive(group, null);
        while (!open.isEmpty()) {
            try {
                attempt(connection, open);
                return;
            } catch (SQLException e) {
                connection.close();
                if (closed || !H2Connection.passing(e)) {
                    open.forEach(append -> append.fail(new StoreUnavailable("the store: " + e.getMessage(), e)));
                    return;
                }
                pause.take();
                open = alive(open, e);
            } catch (RuntimeException e) {
                open.forEach(append -> append.fail(e));
                return;
            }
        }
    }

    private void attempt(H2Connection connection, List<Append> group) throws SQLException {
        try {
            EventTable.insert(
                    connection,
                    group.stream().flatMap(append -> append.events.stream()).toList());
            group.forEach(append -> append.done.complete(null));
        } catch (SQLException e) {
            if (!H2Connection.duplicate(e)) {
                throw e;
            }
            if (group.size() > 1) {
                group.forEach(append -> store(connection, List.of(append)));
            } else {
                settle(connection, group.getFirst());
            }
        }
    }

    private static void settle(H2Connection connection, Append append) throws SQLException {
        StoredEvent first = append.events.getFirst();
        Repetition.failure(append.events, EventTable.from(connection, first.id(), first.sequence()))
                .ifPresentOrElse(append::fail, () -> append.done.complete(null));
    }

    private static List<Append> alive(List<Append> appends, @Nullable SQLException last) {
        long now = System.nanoTime();
        var alive = new ArrayList<Append>();
        for (Append append : appends) {
            if (now - append.deadline < 0) {
                alive.add(append);
            } else {
                append.fail(new StoreUnavailable(
                        "the store: not in time" + (last == null ? "" : ": " + last.getMessage()), last));
            }
        }
        return alive;
    }

    private record Append(List<StoredEvent> events, long deadline, CompletableFuture<Void> done) {
        void fail(RuntimeException why) {
            done.completeExceptionally(why);
        }
    }
}
