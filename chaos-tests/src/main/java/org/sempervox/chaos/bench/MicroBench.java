package org.sempervox.chaos.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import org.sempervox.chaos.bench.MicroReport.Row;
import org.sempervox.chaos.bench.micro.SipText;
import org.sempervox.cluster.cli.Exit;
import org.sempervox.cluster.cli.Report;
import org.sempervox.cluster.settings.SettingsProblem;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bench micro}: what one run of a hot function takes. */
@Command(
        name = "micro",
        description = "Time and allocation of hot functions one by one, by JMH; no cluster.",
        mixinStandardHelpOptions = true)
final class MicroBench implements Callable<Integer> {
    private static final int ITERATIONS = 5;
    private static final int WARM_UPS = 3;
    private static final String ALLOCATION = "gc.alloc.rate.norm";
    private static final String FUNCTIONS = SipText.class.getPackageName() + ".";

    @Option(
            names = "--include",
            paramLabel = "REGEX",
            defaultValue = ".*",
            description = "functions, found anywhere in Class.function (default: all)")
    @SuppressWarnings("NullAway.Init")
    private String include;

    @Option(
            names = "--seconds",
            defaultValue = "2",
            description = "of each of " + WARM_UPS + " warm-ups and " + ITERATIONS
                    + " measurements of a function (default: ${DEFAULT-VALUE}; 1-60)")
    private int seconds;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private Report report;

    @Override
    public Integer call() throws IOException, RunnerException {
        Bounds.check("--seconds", seconds, 1, 60);
        Conditions conditions = Conditions.now();
        new Steps().say("measuring, about %d s for each function …".formatted((ITERATIONS + WARM_UPS) * seconds + 1));
        List<Row> rows = measure().stream().map(MicroBench::row).toList();
        if (rows.isEmpty()) {
            throw new SettingsProblem("--include", include, "part of a function's name");
        }
        var result = new MicroReport(conditions, rows);
        report.print(new ObjectMapper().valueToTree(result), out -> print(out, result));
        return Exit.DONE;
    }

    /** In a JVM of its own for each function, so that no profile of one blurs another. */
    private Collection<RunResult> measure() throws RunnerException {
        var options = new OptionsBuilder()
                .include(pattern())
                .mode(Mode.AverageTime)
                .timeUnit(TimeUnit.NANOSECONDS)
                .forks(1)
                .threads(1)
                .warmupIterations(WARM_UPS)
                .warmupTime(TimeValue.seconds(seconds))
                .measurementIterations(ITERATIONS)
                .measurementTime(TimeValue.seconds(seconds))
                .addProfiler(GCProfiler.class)
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT)
                .build();
        return new Runner(options).run();
    }

    private String pattern() {
        try {
            Pattern.compile(include);
        } catch (PatternSyntaxException e) {
            throw new SettingsProblem("--include", include, "a regular expression");
        }
        return Pattern.quote(FUNCTIONS) + ".*(?:" + include + ")";
    }

    private static Row row(RunResult run) {
        Result<?> time = run.getPrimaryResult();
        Result<?> bytes = run.getSecondaryResults().get(ALLOCATION);
        return new Row(
                run.getParams().getBenchmark().substring(FUNCTIONS.length()),
                time.getScore(),
                time.getScoreError(),
                bytes == null ? Double.NaN : bytes.getScore());
    }

    private static void print(PrintStream out, MicroReport result) {
        out.printf("%n%s%n%n  %-30s %10s %8s %10s%n", result.conditions(), "function", "ns/op", "±", "B/op");
        for (Row row : result.rows()) {
            out.printf("  %-30s %10.0f %8.0f %10.0f%n", row.function(), row.nsPerOp(), row.nsError(), row.bytesPerOp());
        }
    }
}
