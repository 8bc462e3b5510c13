package org.sempervox.chaos.failover;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.sempervox.chaos.client.Call;
import org.sempervox.chaos.client.CallPair.Step;
import org.sempervox.chaos.client.Outcome;

/** Talking; the callee's BYE is the very first thing after the fault. */
record EndedByCalleeRow(String id, String title) implements Row {
    private static final Duration BYE = Duration.ofSeconds(33);

    @Override
    public CompletableFuture<List<Step>> prepare(Scene scene) {
        scene.place();
        return new Steps().arrive(scene).talk(scene).done();
    }

    @Override
    public void act(Scene scene) {
        scene.begun(scene.pair().callee().bye(BYE));
    }

    @Override
    public CompletableFuture<List<Step>> finish(Scene scene) {
        return new Steps()
                .then("bye", scene::action)
                .then("bye arrives", () -> scene.placed().ended(Scene.PATIENCE))
                .then("ended by the right side", () -> CompletableFuture.completedFuture(judge(scene.placed())))
                .done();
    }

    private static Outcome judge(Call caller) {
        Call.End end = caller.end();
        return end != null && end.by() == Call.Side.REMOTE && end.status() == 200
                ? Outcome.ok(200, "ended")
                : Outcome.failed(0, "at the caller " + end);
    }
}
