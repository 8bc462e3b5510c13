package org.sempervox.chaos.failover;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.sempervox.chaos.client.Call;
import org.sempervox.chaos.client.CallPair;
import org.sempervox.chaos.client.CallPair.Step;
import org.sempervox.chaos.client.Outcome;
import org.sempervox.chaos.client.Phone;

/** Two phones of one extension ring, the second with early media; one of them answers after the fault. */
record ForkedRow(String id, String title) implements Row {
    @Override
    public CompletableFuture<List<Step>> prepare(Scene scene) {
        Phone other = scene.second.orElseThrow();
        CompletableFuture<Optional<Call>> arriving = other.nextCall(Scene.PATIENCE);
        scene.place();
        return new Steps()
                .arrive(scene)
                .then(
                        "arrives at the second phone",
                        () -> arriving.thenApply(call -> {
                            scene.forked(call.orElse(null));
                            return call.isPresent()
                                    ? Outcome.ok(0, "")
                                    : Outcome.unknown("no INVITE at the second phone");
                        }))
                .then("second phone rings", () -> scene.forked().ringing(Scene.PATIENCE))
                .then("audio early at caller", () -> {
                    scene.placed().audio().expect(scene.forked().audio().key());
                    return scene.placed().audio().heard(Scene.PATIENCE);
                })
                .done();
    }

    @Override
    public CompletableFuture<List<Step>> finish(Scene scene) {
        boolean early = scene.index % 2 == 1;
        Call first = scene.pair().callee();
        Call second = scene.forked();
        Call winner = early ? second : first;
        Call loser = early ? first : second;
        return new Steps()
                .then("audio early at caller", () -> scene.placed().audio().heard(Scene.PATIENCE))
                .then("answer of one", () -> {
                    scene.pair(winner, CallPair.State.RINGING);
                    return scene.pickUp(winner, Scene.PATIENCE);
                })
                .talk(scene)
                .then("the other stops ringing", () -> loser.ended(Scene.PATIENCE))
                .then("by CANCEL", () -> CompletableFuture.completedFuture(judge(loser)))
                .finish(scene)
                .done();
    }

    private static Outcome judge(Call loser) {
        Call.End end = loser.end();
        return end != null && end.by() == Call.Side.REMOTE && end.status() == 487
                ? Outcome.ok(487, "cancelled")
                : Outcome.failed(0, "the other phone ended with " + end);
    }
}
