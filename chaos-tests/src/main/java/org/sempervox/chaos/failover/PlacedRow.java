package org.sempervox.chaos.failover;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import org.sempervox.chaos.client.Call;
import org.sempervox.chaos.client.CallPair.Step;
import org.sempervox.chaos.client.Outcome;

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
        scene.begun(PutOff.again(scene, () -> {
            scene.place();
            return new Steps().arrive(scene).talk(scene).done().thenApply(steps -> {
                Call.End end = scene.placed().end();
                return end != null && end.status() == PutOff.UNAVAILABLE
                        ? Outcome.failed(end.status(), end.reason())
                        : Steps.outcome(steps);
            });
        }));
    }

    @Override
    public CompletableFuture<List<Step>> finish(Scene scene) {
        return new Steps().then("answered", scene::action).finish(scene).done();
    }
}
