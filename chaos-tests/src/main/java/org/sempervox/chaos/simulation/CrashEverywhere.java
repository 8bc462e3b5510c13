package org.sempervox.chaos.simulation;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/** Each scenario without a crash, then with one at every crash point, then with two at seeded points (S1). */
final class CrashEverywhere {
    private static final List<Duration> DOWNTIMES = List.of(Duration.ofMillis(50), Duration.ofMillis(1500));
    private static final int TWICE = 40;

    private final long seed;
    private final Broken broken;
    private final Consumer<Scenario.Result> results;

    CrashEverywhere(long seed, Broken broken, Consumer<Scenario.Result> results) {
        this.seed = seed;
        this.broken = broken;
        this.results = results;
    }

    void run(Scenario scenario) {
        int points = once(scenario, List.of());
        for (int point = 1; point <= points; point++) {
            for (Crash.Victim victim : Crash.Victim.values()) {
                for (Duration downtime : DOWNTIMES) {
                    once(scenario, List.of(new Crash(point, victim, downtime)));
                }
            }
        }
        var random = new SplittableRandom(seed + scenario.name().hashCode());
        Crash.Victim[] victims = Crash.Victim.values();
        for (int i = 0; i < TWICE && points > 1; i++) {
            int first = random.nextInt(1, points);
            int second = random.nextInt(first + 1, points + 12);
            once(
                    scenario,
                    List.of(
                            new Crash(first, victims[random.nextInt(3)], DOWNTIMES.get(random.nextInt(2))),
                            new Crash(second, victims[random.nextInt(3)], DOWNTIMES.get(random.nextInt(2)))));
        }
    }

    private int once(Scenario scenario, List<Crash> crashes) {
        Scenario.Result result = scenario.run(seed, crashes, Weather.CALM, broken);
        results.accept(result);
        return result.points();
    }
}
