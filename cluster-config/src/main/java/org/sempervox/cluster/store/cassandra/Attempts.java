package org.sempervox.cluster.store.cassandra;

import com.datastax.oss.driver.api.core.AllNodesFailedException;
import com.datastax.oss.driver.api.core.DriverException;
import com.datastax.oss.driver.api.core.auth.AuthenticationException;
import com.datastax.oss.driver.api.core.servererrors.QueryValidationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.sempervox.cluster.store.StoreUnavailable;

/** Tries again what may be repeated, until patience is over; bounds how much is under way. */
final class Attempts {
    private static final long FIRST_PAUSE_MS = 50;
    private static final long LONGEST_PAUSE_MS = 500;

    private final CassandraLimits limits;
    private final AtomicInteger underWay = new AtomicInteger();

    Attempts(CassandraLimits limits) {
        this.limits = limits;
    }

    /** {@code work}: one attempt; it may have been done although it failed, so its repetition must not do it twice. */
    <T> CompletableFuture<T> run(Supplier<CompletionStage<T>> work) {
        if (underWay.incrementAndGet() > limits.waiting()) {
            underWay.decrementAndGet();
            return CompletableFuture.failedFuture(
                    new StoreUnavailable("the store: " + limits.waiting() + " requests are under way", null));
        }
        var done = new CompletableFuture<T>();
        attempt(work, done, System.nanoTime() + limits.patience().toNanos(), FIRST_PAUSE_MS);
        var _ = done.whenComplete((_, _) -> underWay.decrementAndGet());
        return done;
    }

    private <T> void attempt(
            Supplier<CompletionStage<T>> work, CompletableFuture<T> done, long deadline, long pauseMs) {
        CompletionStage<T> attempt;
        try {
            attempt = work.get();
        } catch (RuntimeException e) {
            attempt = CompletableFuture.failedFuture(e);
        }
        attempt.whenComplete((value, failure) -> {
            if (failure == null) {
                done.complete(value);
                return;
            }
            Throwable cause =
                    failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
            if (!passing(cause)) {
                done.completeExceptionally(
                        cause instanceof DriverException
                                ? new StoreUnavailable("the store: " + cause.getMessage(), cause)
                                : cause);
            } else if (System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(pauseMs) - deadline > 0) {
                done.completeExceptionally(new StoreUnavailable("the store: " + cause.getMessage(), cause));
            } else {
                Executor later = CompletableFuture.delayedExecutor(pauseMs, TimeUnit.MILLISECONDS);
                later.execute(() -> attempt(work, done, deadline, Math.min(LONGEST_PAUSE_MS, pauseMs * 2)));
            }
        });
    }

    /** Whether the same may succeed a little later. */
    static boolean passing(Throwable failure) {
        if (failure instanceof AllNodesFailedException all) {
            return all.getAllErrors().values().stream()
                    .flatMap(java.util.List::stream)
                    .noneMatch(AuthenticationException.class::isInstance);
        }
        return failure instanceof DriverException && !(failure instanceof QueryValidationException);
    }
}
