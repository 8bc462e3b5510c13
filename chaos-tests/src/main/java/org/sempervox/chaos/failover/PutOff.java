package org.sempervox.chaos.failover;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.sempervox.chaos.client.Outcome;

/** People who are told that the server cannot just now try again after a while (S28: 500 and 503 with Retry-After). */
final class PutOff {
    static final int UNAVAILABLE = 503;
    private static final int SERVER_ERROR = 500;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Executor LATER = CompletableFuture.delayedExecutor(2, TimeUnit.SECONDS);

    private PutOff() {}

    /** In a scene of patient people; what the last attempt came to. */
    static CompletableFuture<Outcome> again(Scene scene, Supplier<CompletableFuture<Outcome>> attempt) {
        return again(scene, attempt, System.nanoTime() + PATIENCE.toNanos());
    }

    private static CompletableFuture<Outcome> again(
            Scene scene, Supplier<CompletableFuture<Outcome>> attempt, long deadline) {
        return attempt.get().thenCompose(outcome -> {
            boolean later = outcome instanceof Outcome.Failed failed
                    && (failed.status() == UNAVAILABLE || failed.status() == SERVER_ERROR);
            CompletableFuture<Outcome> told = CompletableFuture.completedFuture(outcome);
            return later && scene.patient && System.nanoTime() - deadline < 0
                    ? told.thenComposeAsync(_ -> again(scene, attempt, deadline), LATER)
                    : told;
        });
    }
}
