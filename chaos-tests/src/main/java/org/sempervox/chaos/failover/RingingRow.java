package org.sempervox.chaos.failover;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import org.sempervox.chaos.client.CallPair.Step;

/**
 * Ringing when the fault comes.
 *
 * @param answerMs the callee answers so long after the fault; negative: when all is over
 */
record RingingRow(String id, String title, long answerMs) implements Row {
    private static final Duration ACK = Duration.ofSeconds(33);

    @Override
    public CompletableFuture<List<Step>> prepare(Scene scene) {
        scene.place();
        return new Steps().arrive(scene).done();
    }

    @Override
    public long actAt(Scene scene) {
        return answerMs < 0 ? 0 : ThreadLocalRandom.current().nextLong(answerMs + 1);
    }

    @Override
    public void act(Scene scene) {
        if (answerMs >= 0) {
            scene.begun(scene.pickUp(scene.pair().callee(), ACK));
        }
    }

    @Override
    public CompletableFuture<List<Step>> finish(Scene scene) {
        Steps steps = new Steps();
        if (answerMs >= 0) {
            steps.then("answer during the fault", scene::action);
        }
        return steps.talk(scene).finish(scene).done();
    }
}
