package org.sempervox.chaos.client;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The tests' one place that blocks; every future here has a deadline of its own, this one is the last resort. */
final class Soon {
    private Soon() {}

    static <T> T of(CompletableFuture<T> future) {
        try {
            return future.get(25, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }
}
