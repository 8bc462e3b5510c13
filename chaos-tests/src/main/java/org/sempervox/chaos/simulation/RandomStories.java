package org.sempervox.chaos.simulation;

import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.function.Consumer;
import org.sempervox.chaos.simulation.story.Story;
import org.sempervox.chaos.simulation.story.StoryGenerator;

/** One story after the other, each with a seed that follows from the master seed, until enough is done or one fails. */
final class RandomStories {
    private static final long PROGRESS = 3_000_000_000L;

    private final long seed;
    private final Broken broken;
    private final Consumer<String> progress;
    private final StepTrace trace = new StepTrace();
    private long stories;
    private long steps;

    /**
     * How it went.
     *
     * @param perSecond steps per second of this thread's processor time
     * @param digest over every step of every story
     * @param failed the seed of the story that failed; with no violations none did
     */
    record Result(long stories, long steps, long perSecond, String digest, long failed, List<Violation> violations) {}

    RandomStories(long seed, Broken broken, Consumer<String> progress) {
        this.seed = seed;
        this.broken = broken;
        this.progress = progress;
    }

    /** The n-th story of a master seed, from 0. */
    static long storySeed(long master, long number) {
        return StepTrace.mix(master, number);
    }

    /** Until either limit is reached. */
    Result run(long mostSteps, long mostNanos) {
        var threads = ManagementFactory.getThreadMXBean();
        long cpu = threads.getCurrentThreadCpuTime();
        long started = System.nanoTime();
        long told = started;
        while (true) {
            long now = System.nanoTime();
            if (steps >= mostSteps || now - started >= mostNanos) {
                return result(threads.getCurrentThreadCpuTime() - cpu, 0, List.of());
            }
            if (now - told >= PROGRESS) {
                told = now;
                progress.accept(stories + " stories, " + steps + " steps, none violated");
            }
            long story = storySeed(seed, stories);
            StoryRun.Outcome outcome = StoryRun.run(story(story), broken, trace);
            stories++;
            steps += outcome.steps();
            trace.add(outcome.steps());
            if (!outcome.violations().isEmpty()) {
                return result(threads.getCurrentThreadCpuTime() - cpu, story, outcome.violations());
            }
        }
    }

    static Story story(long seed) {
        return StoryGenerator.story(seed);
    }

    private Result result(long nanos, long failed, List<Violation> violations) {
        long perSecond = Math.round(steps / Math.max(1e-3, nanos / 1e9));
        return new Result(stories, steps, perSecond, trace.hex(), failed, List.copyOf(violations));
    }
}
