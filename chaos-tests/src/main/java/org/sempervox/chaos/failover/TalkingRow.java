package org.sempervox.chaos.failover;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.sempervox.chaos.client.CallPair.Step;

/** Both talk; audio gaps are measured here. */
record TalkingRow(String id, String title) implements Row {
    @Override
    public CompletableFuture<List<Step>> prepare(Scene scene) {
        scene.place();
        return new Steps().arrive(scene).talk(scene).done();
    }

    @Override
    public CompletableFuture<List<Step>> finish(Scene scene) {
        return new Steps()
                .then("audio at caller", () -> scene.pair().caller().audio().heard(Scene.PATIENCE))
                .then("audio at callee", () -> scene.pair().callee().audio().heard(Scene.PATIENCE))
                .finish(scene)
                .done();
    }
}
