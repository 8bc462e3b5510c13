package org.sempervox.chaos.failover;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** How long calls do not answer: an OPTIONS within each dialog every 100 ms, until the first sent after the blow is answered. */
final class AnswerProbe {
    private static final long EVERY_MS = 100;
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final Map<Scene, Double> answered = new ConcurrentHashMap<>();

    /** Begins now, which is right after the blow at {@code blow}. */
    void begin(Collection<Scene> scenes, long blow, ScheduledExecutorService scheduler) {
        for (Scene scene : scenes) {
            var task = new AtomicReference<@Nullable ScheduledFuture<?>>();
            task.set(scheduler.scheduleAtFixedRate(
                    () -> {
                        boolean over = System.nanoTime() - blow > LIMIT.toNanos();
                        ScheduledFuture<?> self = task.get();
                        if ((over || answered.containsKey(scene)) && self != null) {
                            self.cancel(false);
                        } else {
                            ask(scene, blow);
                        }
                    },
                    0,
                    EVERY_MS,
                    TimeUnit.MILLISECONDS));
        }
    }

    private void ask(Scene scene, long blow) {
        var _ = scene.pair().caller().options(LIMIT).thenAccept(outcome -> {
            if (outcome.isOk()) {
                answered.putIfAbsent(scene, (System.nanoTime() - blow) / 1e6);
            }
        });
    }

    Figures figures(Collection<Scene> scenes) {
        List<Double> values = new ArrayList<>();
        for (Scene scene : scenes) {
            Double value = answered.get(scene);
            if (value != null) {
                values.add(value);
            }
        }
        return Figures.of(scenes.size(), values);
    }
}
