package org.sempervox.chaos.failover;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import org.sempervox.chaos.client.Call;
import org.sempervox.chaos.client.CallPair;
import org.sempervox.chaos.client.CallPair.Step;
import org.sempervox.chaos.client.HoldStyle;
import org.sempervox.chaos.client.Outcome;

/**
 * Held when the fault comes, by either side in all spellings of hold; or the re-INVITE that holds is under way.
 *
 * @param inFlightMs zero: held well before; otherwise the re-INVITE leaves at most so long before the fault
 */
record HeldRow(String id, String title, long inFlightMs) implements Row {
    private static final List<HoldStyle> STYLES = List.of(HoldStyle.values());

    @Override
    public CompletableFuture<List<Step>> prepare(Scene scene) {
        scene.place();
        Steps steps = new Steps().arrive(scene).talk(scene);
        if (inFlightMs == 0) {
            steps.then("hold", () -> hold(scene)).then("held", () -> held(scene));
        }
        return steps.done();
    }

    @Override
    public long actAt(Scene scene) {
        return -ThreadLocalRandom.current().nextLong(inFlightMs + 1);
    }

    @Override
    public void act(Scene scene) {
        if (inFlightMs > 0) {
            scene.begun(PutOff.again(scene, () -> hold(scene)));
        }
    }

    @Override
    public CompletableFuture<List<Step>> finish(Scene scene) {
        Steps steps = new Steps();
        if (inFlightMs > 0) {
            steps.then("re-INVITE under way", scene::action).then("held", () -> held(scene));
        }
        return steps.finish(scene).done();
    }

    private static boolean byCaller(Scene scene) {
        return scene.index % 2 == 0;
    }

    private static CompletableFuture<Outcome> hold(Scene scene) {
        HoldStyle style = STYLES.get(scene.index / 2 % STYLES.size());
        Call holder = byCaller(scene) ? scene.pair().caller() : scene.pair().callee();
        return holder.hold(style, Scene.PATIENCE);
    }

    private static CompletableFuture<Outcome> held(Scene scene) {
        scene.pair(
                scene.pair().callee(), byCaller(scene) ? CallPair.State.HELD_BY_CALLER : CallPair.State.HELD_BY_CALLEE);
        return CompletableFuture.completedFuture(Outcome.ok(0, ""));
    }
}
