package org.sempervox.chaos.failover;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.sempervox.chaos.client.Call;
import org.sempervox.chaos.client.CallPair;
import org.sempervox.chaos.client.CallPair.Step;
import org.sempervox.chaos.client.Outcome;

/** What is tried with one call, one after another; after the first failure nothing more is begun. */
final class Steps {
    private final List<Step> done = new ArrayList<>();
    private CompletableFuture<Boolean> last = CompletableFuture.completedFuture(true);

    Steps then(String name, Supplier<CompletableFuture<Outcome>> action) {
        last = last.thenCompose(ok -> ok
                ? action.get().thenApply(outcome -> {
                    done.add(new Step(name, outcome));
                    return outcome.isOk();
                })
                : CompletableFuture.completedFuture(false));
        return this;
    }

    /** The call has come to the callee, which rings; the scene has its pair from then on. */
    Steps arrive(Scene scene) {
        return then(
                        "arrives",
                        () -> scene.arrived().thenApply(arrived -> {
                            if (arrived.isEmpty()) {
                                Call.End end = scene.placed().end();
                                return end == null
                                        ? Outcome.unknown("no INVITE at the callee")
                                        : Outcome.failed(end.status(), end.reason());
                            }
                            scene.pair(arrived.get(), CallPair.State.RINGING);
                            return Outcome.ok(0, "");
                        }))
                .then("callee rings", () -> scene.pair().callee().ringing(Scene.PATIENCE))
                .then("caller hears ringing", () -> scene.placed().ringing(Scene.PATIENCE));
    }

    /** The callee picks up, and both hear each other. */
    Steps talk(Scene scene) {
        return then("answer", () -> scene.pickUp(scene.pair().callee(), Scene.PATIENCE))
                .then("caller connected", () -> scene.placed().answered(Scene.PATIENCE))
                .then("audio at caller", () -> scene.pair().caller().audio().heard(Scene.PATIENCE))
                .then("audio at callee", () -> scene.pair().callee().audio().heard(Scene.PATIENCE))
                .then("talking", () -> {
                    scene.pair(scene.pair().callee(), CallPair.State.TALKING);
                    return CompletableFuture.completedFuture(Outcome.ok(0, ""));
                });
    }

    /** Hold, resume, BYE from the chosen side; every step of it is recorded. */
    Steps finish(Scene scene) {
        last = last.thenCompose(ok -> ok
                ? scene.pair()
                        .finish(scene.ender, Scene.PATIENCE, request -> PutOff.again(scene, request))
                        .thenApply(finished -> {
                            done.addAll(finished.steps());
                            return finished.isOk();
                        })
                : CompletableFuture.completedFuture(false));
        return this;
    }

    CompletableFuture<List<Step>> done() {
        return last.thenApply(_ -> List.copyOf(done));
    }

    /** The first that was not done; else done. */
    static Outcome outcome(List<Step> steps) {
        return steps.stream()
                .filter(step -> !step.outcome().isOk())
                .findFirst()
                .map(step -> Outcome.failed(0, step.name() + ": " + step.outcome()))
                .orElseGet(() -> Outcome.ok(0, "all done"));
    }

    static CompletableFuture<List<Step>> nothing() {
        return CompletableFuture.completedFuture(List.of());
    }
}
