package org.sempervox.chaos.failover;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import org.sempervox.chaos.client.CallPair.Step;

/** Calls placed around the fault or after it, between phones that were idle until then and never register again. */
record PlacedRow(String id, String title, long fromMs, long toMs) implements Row {
    @Override
    public CompletableFuture<List<Step>> prepare(Scene scene) {
        return Steps.nothing();
    }

    @Override
    public long actAt(Scene scene) {
        return ThreadLocalRandom.current().nextLong(fromMs, toMs + 1);
    }

    @Override
    public void act(Scene scene) {
        scene.place();
        scene.begun(new Steps().arrive(scene).talk(scene).done().thenApply(Steps::outcome));
    }

    @Override
    public CompletableFuture<List<Step>> finish(Scene scene) {
        return new Steps().then("answered", scene::action).finish(scene).done();
    }
}
