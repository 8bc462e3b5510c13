package org.sempervox.chaos.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CrashEverywhereTest {
    /** S1. */
    @TestFactory
    List<DynamicTest> everyScenarioEndsTheSameWhereverItCrashes() {
        return Scenarios.all().stream()
                .map(scenario -> DynamicTest.dynamicTest(
                        scenario.name(), () -> assertThat(violations(scenario)).isEmpty()))
                .toList();
    }

    private static List<String> violations(Scenario scenario) {
        var found = new ArrayList<String>();
        new CrashEverywhere(1, Broken.NONE, result -> {
                    if (found.size() < 3) {
                        told(result, found);
                    }
                })
                .run(scenario);
        return found;
    }

    private static void told(Scenario.Result result, List<String> found) {
        if (!result.violations().isEmpty()) {
            found.add(result.violations() + " in " + result.where() + "\n" + String.join("\n", result.story()));
        }
    }

    @Test
    void randomMixHolds() {
        var found = new ArrayList<String>();
        new RandomMix(1, Broken.NONE).run(100_000, result -> {
            told(result, found);
            return found.isEmpty();
        });
        assertThat(found).isEmpty();
    }

    static Stream<Broken> brokenBuilds() {
        return Stream.of(Broken.values()).filter(broken -> broken != Broken.NONE && !broken.ofCluster());
    }

    @ParameterizedTest
    @MethodSource("brokenBuilds")
    void brokenBuildIsCaughtByItsInvariant(Broken broken) {
        var caught = new ArrayList<String>();
        for (String name : List.of("plain-caller-ends", "cancel-ringing")) {
            new CrashEverywhere(
                            1, broken, result -> result.violations().forEach(found -> caught.add(found.invariant())))
                    .run(Scenarios.of(name));
        }
        assertThat(caught).contains(broken.caughtBy());
    }

    @Test
    void equalSeedsGiveEqualRuns() {
        var crash = List.of(new Crash(9, Crash.Victim.ENTITY, Duration.ofMillis(50)));
        var weather = new Weather(0.1, 0.1, true);
        Scenario scenario = Scenarios.of("glare");
        Scenario.Result result = scenario.run(5, crash, weather, Broken.FORGET_BYE);
        assertThat(result.story()).isNotEmpty();
        assertThat(scenario.run(5, crash, weather, Broken.FORGET_BYE)).isEqualTo(result);
    }
}
