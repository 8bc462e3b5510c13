package org.sempervox.chaos.simulation;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.sempervox.chaos.simulation.story.Story;
import org.sempervox.cluster.cli.Exit;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** What stories are told, and the telling: random ones until an invariant is violated, or one alone. */
final class StoryOptions {
    private static final long USUAL_STEPS = 1_000_000;
    private static final int MOST_LINES_TOLD = 120;

    @Option(
            names = "--seed",
            paramLabel = "S",
            description = "Equal seeds give equal runs. Default: random, and printed.")
    private @Nullable Long seed;

    @Option(names = "--steps", paramLabel = "N", description = "At least so many steps. Default: 1000000.")
    private @Nullable Long steps;

    @Option(names = "--seconds", paramLabel = "T", description = "For so long instead.")
    private @Nullable Long seconds;

    @Option(names = "--broken", paramLabel = "NAME", description = "A deliberately broken build, see simulate --list.")
    private @Nullable String brokenName;

    @Option(names = "--story", paramLabel = "S", description = "The story of this seed alone, told line by line.")
    private @Nullable Long storySeed;

    @Option(names = "--replay", paramLabel = "FILE", description = "The story of this file alone, told line by line.")
    private @Nullable Path replay;

    @Option(
            names = "--story-to",
            paramLabel = "FILE",
            description = "Where the shortened story of a violation goes. Default: failed.story.")
    private Path storyTo = Path.of("failed.story");

    @Option(names = "--json", paramLabel = "F", description = "Writes the verdict to this file.")
    private @Nullable Path json;

    long seed(long otherwise) {
        return seed == null ? otherwise : seed;
    }

    long steps() {
        return steps == null ? USUAL_STEPS : steps;
    }

    @Nullable
    Path json() {
        return json;
    }

    String brokenName() {
        return brokenName == null ? "" : brokenName;
    }

    /** Exit code. */
    Integer run(CommandSpec spec, Broken broken) throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        Path file = replay;
        Long story = storySeed;
        if (file != null) {
            StoryFile kept = read(spec, file);
            return told(out, kept.story(), broken == Broken.NONE ? kept.broken() : broken);
        }
        if (story != null) {
            return told(out, RandomStories.story(story), broken);
        }
        return random(spec, broken);
    }

    Broken broken(CommandSpec spec) {
        String name = brokenName;
        try {
            return name == null ? Broken.NONE : Broken.of(name);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private static StoryFile read(CommandSpec spec, Path file) {
        try {
            return StoryFile.parse(Files.readAllLines(file));
        } catch (IOException | IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), file + ": " + e.getMessage(), e);
        }
    }

    private Integer random(CommandSpec spec, Broken broken) throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        long master = seed == null ? new SplittableRandom().nextLong(1, 1_000_000_000) : seed;
        if (steps != null && steps < 1 || seconds != null && seconds < 1) {
            throw new ParameterException(spec.commandLine(), "--steps and --seconds: expected at least 1");
        }
        out.println("seed " + master);
        out.flush();
        long mostSteps = steps != null ? steps : seconds != null ? Long.MAX_VALUE : USUAL_STEPS;
        long mostNanos = seconds != null ? seconds * 1_000_000_000L : Long.MAX_VALUE;
        var stories = new RandomStories(
                master, broken, line -> spec.commandLine().getErr().println(line));
        long started = System.nanoTime();
        RandomStories.Result result = stories.run(mostSteps, mostNanos);
        double took = (System.nanoTime() - started) / 1e9;
        out.printf(
                Locale.ROOT,
                "%d stories, %d steps in %.1f s, %d steps/s of processor time, %d stories violated an invariant%n",
                result.stories(),
                result.steps(),
                took,
                result.perSecond(),
                result.violations().isEmpty() ? 0 : 1);
        out.println("digest " + result.digest());
        StoryFile shortest = null;
        if (!result.violations().isEmpty()) {
            shortest = shortest(out, result, broken);
        }
        Path file = json;
        if (file != null) {
            Files.writeString(file, StoriesVerdict.json(master, broken, result, shortest));
        }
        out.flush();
        return result.violations().isEmpty() ? Exit.DONE : Exit.BAD_VERDICT;
    }

    private StoryFile shortest(PrintWriter out, RandomStories.Result result, Broken broken) throws IOException {
        for (Violation violation : result.violations()) {
            out.println(violation.invariant() + ": " + violation.detail());
        }
        String as = broken == Broken.NONE ? "" : " --broken " + broken.text();
        out.println("again: ./sempervox chaos simulate --story " + result.failed() + as);
        String invariant = result.violations().getFirst().invariant();
        Story story = FailingStory.shrunk(RandomStories.story(result.failed()), broken, invariant);
        var kept = new StoryFile(broken, invariant, story);
        Path file = storyTo;
        Files.write(file, kept.print());
        out.println("shortened to " + story.lines().size() + " lines, in " + file + ":");
        kept.print().forEach(line -> out.println("  " + line));
        out.println("again: ./sempervox chaos simulate --replay " + file);
        out.println("what happens in it:");
        tell(out, StoryRun.tell(story, broken).told());
        return kept;
    }

    private static Integer told(PrintWriter out, Story story, Broken broken) {
        StoryRun.Outcome outcome = StoryRun.tell(story, broken);
        outcome.told().forEach(out::println);
        for (Violation violation : outcome.violations()) {
            out.println(violation.invariant() + ": " + violation.detail());
        }
        out.println(outcome.steps() + " steps, " + outcome.violations().size() + " invariants violated");
        out.flush();
        return outcome.violations().isEmpty() ? Exit.DONE : Exit.BAD_VERDICT;
    }

    /** Of a long one the last lines: that is where it goes wrong. */
    private static void tell(PrintWriter out, List<String> lines) {
        int from = Math.max(0, lines.size() - MOST_LINES_TOLD);
        lines.subList(from, lines.size()).forEach(out::println);
    }
}
