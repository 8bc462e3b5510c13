package org.sempervox.chaos.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Predicate;

/** Seeded scenarios in bad weather with crashes at seeded points, until so many steps are done. */
final class RandomMix {
    private static final double[] LOSS = {0, 0.02, 0.05, 0.1};
    private static final double[] REPEAT = {0, 0.02, 0.1};

    private final SplittableRandom random;
    private final Broken broken;
    private final List<Scenario> scenarios = Scenarios.all();

    RandomMix(long seed, Broken broken) {
        this.random = new SplittableRandom(seed);
        this.broken = broken;
    }

    /** {@code next} takes each result and says whether to go on. */
    void run(long steps, Predicate<Scenario.Result> next) {
        long done = 0;
        while (done < steps) {
            Scenario.Result result = one();
            done += result.steps();
            if (!next.test(result)) {
                return;
            }
        }
    }

    private Scenario.Result one() {
        Scenario scenario = scenarios.get(random.nextInt(scenarios.size()));
        var weather = new Weather(
                LOSS[random.nextInt(LOSS.length)], REPEAT[random.nextInt(REPEAT.length)], random.nextBoolean());
        var crashes = new ArrayList<Crash>();
        Crash.Victim[] victims = Crash.Victim.values();
        int point = 0;
        for (int left = random.nextInt(3); left > 0; left--) {
            point += random.nextInt(1, 40);
            crashes.add(new Crash(
                    point,
                    victims[random.nextInt(victims.length)],
                    Duration.ofMillis(random.nextBoolean() ? 50 : 1500)));
        }
        return scenario.run(random.nextLong(1, 1_000_000), crashes, weather, broken);
    }
}
