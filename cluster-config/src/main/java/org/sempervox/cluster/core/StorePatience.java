package org.sempervox.cluster.core;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.sempervox.cluster.settings.SettingsProblem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A store that is started at the same time as the node, or has its tables made, answers later. */
final class StorePatience {
    private static final Logger LOG = LoggerFactory.getLogger(StorePatience.class);
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final long PAUSE_MS = 500;

    private final long deadline = System.nanoTime() + LIMIT.toNanos();

    /** Asks again until the limit; what no waiting mends fails at once. */
    <T> CompletionStage<T> ask(Supplier<CompletionStage<T>> question) {
        return question.get().exceptionallyCompose(failure -> {
            Throwable cause =
                    failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
            if (cause instanceof SettingsProblem || System.nanoTime() - deadline > 0) {
                return CompletableFuture.failedStage(cause);
            }
            LOG.info("waiting for the store: {}", cause.toString());
            Executor later = CompletableFuture.delayedExecutor(PAUSE_MS, TimeUnit.MILLISECONDS);
            return CompletableFuture.supplyAsync(() -> ask(question), later).thenCompose(again -> again);
        });
    }
}
