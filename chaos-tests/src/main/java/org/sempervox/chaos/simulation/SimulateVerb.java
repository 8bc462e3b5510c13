package org.sempervox.chaos.simulation;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.sempervox.cluster.cli.Exit;
import org.sempervox.cluster.cli.Verb;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code simulate}. */
@Command(
        name = "simulate",
        description = {
            "Tells random stories of a simulated cluster with the real machines and checks its invariants after each step;",
            "with --crash-everywhere each scenario of one call with a crash at every point."
        },
        mixinStandardHelpOptions = true)
public final class SimulateVerb implements Verb {
    private static final long PROGRESS = 2_000_000_000L;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(names = "--crash-everywhere", description = "Every scenario with a crash at every point, in every way.")
    private boolean everywhere;

    @Mixin
    private final StoryOptions stories = new StoryOptions();

    @Option(names = "--scenario", paramLabel = "NAME", description = "With --crash-everywhere: this one alone.")
    private @Nullable String scenarioName;

    @Option(names = "--list", description = "Names of scenarios and broken builds.")
    private boolean list;

    private final List<Scenario.Result> violated = new ArrayList<>();
    private long seed;
    private long started;
    private long lastProgress;
    private long runs;
    private long stepsDone;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        if (list) {
            Scenarios.all().forEach(scenario -> out.println("scenario " + scenario.name()));
            Stream.of(Broken.values())
                    .filter(broken -> broken != Broken.NONE)
                    .forEach(broken -> out.println("broken " + broken.text() + " (" + broken.caughtBy() + ")"));
            out.flush();
            return Exit.DONE;
        }
        Broken broken = stories.broken(spec);
        if (!everywhere && scenarioName == null && (broken == Broken.NONE || broken.ofCluster())) {
            return stories.run(spec, broken);
        }
        seed = stories.seed(1);
        List<Scenario> scenarios = scenarios();
        started = System.nanoTime();
        lastProgress = started;
        if (everywhere) {
            var sweep = new CrashEverywhere(seed, broken, this::count);
            scenarios.forEach(sweep::run);
        } else {
            new RandomMix(seed, broken).run(stories.steps(), result -> {
                count(result);
                return violated.isEmpty();
            });
        }
        report(out);
        out.flush();
        return violated.isEmpty() ? Exit.DONE : Exit.BAD_VERDICT;
    }

    private List<Scenario> scenarios() {
        String name = scenarioName;
        try {
            return name == null ? Scenarios.all() : List.of(Scenarios.of(name));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private void count(Scenario.Result result) {
        runs++;
        stepsDone += result.steps();
        if (!result.violations().isEmpty()) {
            violated.add(violated.isEmpty() ? result : result.withoutStory());
        }
        long now = System.nanoTime();
        if (now - lastProgress > PROGRESS) {
            lastProgress = now;
            System.err.println(
                    runs + " runs, " + stepsDone + " steps, " + violated.size() + " violated, at " + result.scenario());
        }
    }

    private long stepsPerSecond() {
        return Math.round(stepsDone / Math.max(1e-3, (System.nanoTime() - started) / 1e9));
    }

    private void report(PrintWriter out) throws IOException {
        out.printf(
                Locale.ROOT,
                "%d runs, %d steps, %d steps/s, %d runs violated an invariant%n",
                runs,
                stepsDone,
                stepsPerSecond(),
                violated.size());
        if (!violated.isEmpty()) {
            Scenario.Result first = violated.getFirst();
            for (Violation violation : first.violations()) {
                out.println(violation.invariant() + ": " + violation.detail());
            }
            out.println("in " + first.where());
            first.story().forEach(out::println);
            violated.stream()
                    .flatMap(result -> result.violations().stream())
                    .collect(Collectors.groupingBy(Violation::invariant, java.util.TreeMap::new, Collectors.counting()))
                    .forEach((name, times) -> out.println(times + " × " + name));
        }
        Path file = stories.json();
        if (file != null) {
            Files.writeString(file, verdict());
        }
    }

    private String verdict() {
        var text = new StringBuilder(256);
        text.append("{\"seed\":").append(seed);
        text.append(",\"crashEverywhere\":").append(everywhere);
        text.append(",\"broken\":").append(StoriesVerdict.quoted(stories.brokenName()));
        text.append(",\"runs\":").append(runs);
        text.append(",\"steps\":").append(stepsDone);
        text.append(",\"stepsPerSecond\":").append(stepsPerSecond());
        text.append(",\"violations\":[");
        String separator = "";
        for (Scenario.Result result : violated) {
            for (Violation violation : result.violations()) {
                text.append(separator).append("{\"invariant\":").append(StoriesVerdict.quoted(violation.invariant()));
                text.append(",\"detail\":").append(StoriesVerdict.quoted(violation.detail()));
                text.append(",\"where\":")
                        .append(StoriesVerdict.quoted(result.where()))
                        .append('}');
                separator = ",";
            }
        }
        return text.append("]}\n").toString();
    }
}
