package org.sempervox.chaos.simulation;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * One call's story.
 *
 * @param dialled what the caller, always 100, dials
 * @param plain counts for the limit of writes of S2
 * @param ends every allowed end of all phones and the record, as {@link Invariants#end} writes it; several only where there is a race
 * @param stormEnds ends that are allowed besides when packets get lost
 * @param excuses refusals on the wire and complaints of phones that belong to the story
 */
record Scenario(
        String name,
        String dialled,
        boolean plain,
        Set<String> ends,
        Set<String> stormEnds,
        Set<String> excuses,
        Consumer<World> script) {
    private static final int STORY = 40;

    static Scenario of(String name, Consumer<World> script, String... ends) {
        return new Scenario(name, "101", false, Set.of(ends), Set.of(), Set.of(), script);
    }

    Scenario asPlain() {
        return new Scenario(name, dialled, true, ends, stormEnds, excuses, script);
    }

    Scenario inStorms(String... more) {
        return new Scenario(name, dialled, plain, ends, Set.of(more), excuses, script);
    }

    Scenario excusing(String... texts) {
        var all = new HashSet<>(excuses);
        all.addAll(List.of(texts));
        return new Scenario(name, dialled, plain, ends, stormEnds, Set.copyOf(all), script);
    }

    /** One run. */
    Result run(long seed, List<Crash> crashes, Weather weather, Broken broken) {
        var world = new World(seed, crashes, weather, broken);
        world.invariants.excuse(excuses);
        script.accept(world);
        boolean quiet = world.timeline.quiet(java.time.Duration.ofHours(1));
        world.invariants.finish(this, quiet, weather);
        return new Result(
                name,
                seed,
                crashes,
                weather,
                world.points.passed,
                world.timeline.steps(),
                world.invariants.violations(),
                world.invariants.violations().isEmpty() ? List.of() : world.story(STORY));
    }

    /** Outcome of one run; {@code story} is told only if an invariant was violated. */
    record Result(
            String scenario,
            long seed,
            List<Crash> crashes,
            Weather weather,
            int points,
            long steps,
            List<Violation> violations,
            List<String> story) {
        /** For counting only. */
        Result withoutStory() {
            return new Result(scenario, seed, crashes, weather, points, steps, violations, List.of());
        }

        String where() {
            String sky = weather.equals(Weather.CALM) ? "" : ", " + weather.text();
            return scenario + ", seed " + seed + sky + ", "
                    + (crashes.isEmpty()
                            ? "no crash"
                            : String.join(
                                    " then ", crashes.stream().map(Crash::text).toList()));
        }
    }
}
