package org.sempervox.chaos.client;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Something that happens once and that many may wait for; touched by the signalling thread only. */
final class Watch {
    private @Nullable Outcome outcome;
    private final List<CompletableFuture<Outcome>> waiting = new ArrayList<>();

    void complete(Outcome value) {
        if (outcome != null) {
            return;
        }
        outcome = value;
        waiting.forEach(future -> future.complete(value));
        waiting.clear();
    }

    boolean isDone() {
        return outcome != null;
    }

    void await(CompletableFuture<Outcome> future) {
        if (outcome != null) {
            future.complete(outcome);
        } else {
            waiting.add(future);
        }
    }
}
