package org.sempervox.chaos.run;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.sempervox.chaos.cluster.WorkTree;
import org.sempervox.chaos.ground.EarlyEnd;
import org.sempervox.chaos.ground.Ground;
import org.sempervox.chaos.ground.OwnCluster;
import org.sempervox.chaos.history.History;
import org.sempervox.chaos.history.HistoryFile;
import org.sempervox.chaos.lab.Lab;
import org.sempervox.chaos.load.Office;
import org.sempervox.chaos.scenario.FaultKind.Needs;
import org.sempervox.chaos.scenario.Scenario;
import org.sempervox.chaos.selftest.AgentJar;
import org.sempervox.chaos.selftest.BrokenBuild;
import org.sempervox.chaos.selftest.BrokenBuilds;
import org.sempervox.chaos.selftest.Outcome;
import org.sempervox.chaos.verdict.Verdict;
import org.sempervox.cluster.cli.Exit;
import org.sempervox.cluster.cli.Report;
import org.sempervox.cluster.settings.SettingsProblem;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code chaos selftest}. */
@Command(
        name = "selftest",
        description = "Runs builds of the product that are broken on purpose: the checkers must turn each of them red, "
                + "and the healthy one green.",
        mixinStandardHelpOptions = true)
final class SelftestCommand implements Callable<Integer> {
    @Option(
            names = "--only",
            paramLabel = "NAME",
            split = ",",
            description = "these builds only, healthy ones among them by their names (default: all that can run here)")
    private List<String> only = new ArrayList<>();

    @Option(names = "--seed", defaultValue = "1", description = "of the load (default: ${DEFAULT-VALUE})")
    private long seed;

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            description = "new folder, one below it for each build; kept (default: one under ./work/chaos)")
    private @Nullable Path dir;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private Report report;

    @Override
    public Integer call() throws IOException, InterruptedException {
        List<BrokenBuild> wanted = wanted(only, Lab.refusal());
        Path folder = dir != null
                ? dir
                : Path.of("work", "chaos", "selftest-" + ProcessHandle.current().pid());
        for (BrokenBuild build : wanted) {
            Path own = folder.resolve(build.name());
            if (Files.exists(own.resolve(HistoryFile.NAME))) {
                throw new SettingsProblem("--dir", own.toString(), "a folder without a history of another run");
            }
        }
        var outcomes = new ArrayList<Outcome>();
        try (var end = EarlyEnd.watched()) {
            for (BrokenBuild build : wanted) {
                Outcome outcome = run(build, folder.resolve(build.name()).toAbsolutePath(), end);
                if (end.came()) {
                    return Exit.INTERRUPTED;
                }
                outcomes.add(outcome);
                System.out.println(line(outcome));
            }
        }
        ArrayNode json = new ObjectMapper().createArrayNode();
        outcomes.forEach(outcome -> json.add(outcome.json()));
        report.print(json, out -> print(out, outcomes));
        return outcomes.stream().allMatch(Outcome::asExpected) ? Exit.DONE : Exit.BAD_VERDICT;
    }

    /** All that can run here, or exactly those named; {@code noNetwork}: why none can have a network of its own. */
    static List<BrokenBuild> wanted(List<String> names, Optional<String> noNetwork) throws IOException {
        var chosen = new ArrayList<BrokenBuild>();
        for (BrokenBuild build : BrokenBuilds.all()) {
            Optional<String> refusal = build.scenario(0).needs(Needs.NETWORK) ? noNetwork : Optional.empty();
            if (names.contains(build.name()) && refusal.isPresent()) {
                throw new SettingsProblem("--only", build.name(), "another one: " + refusal.get());
            }
            if (names.isEmpty() ? refusal.isEmpty() : names.contains(build.name())) {
                chosen.add(build);
            }
        }
        for (String name : names) {
            if (chosen.stream().noneMatch(build -> build.name().equals(name))) {
                throw new SettingsProblem(
                        "--only",
                        name,
                        String.join(
                                ", ",
                                BrokenBuilds.all().stream()
                                        .map(BrokenBuild::name)
                                        .toList()));
            }
        }
        return chosen;
    }

    private Outcome run(BrokenBuild build, Path folder, EarlyEnd end) throws IOException, InterruptedException {
        long start = System.nanoTime();
        Scenario scenario = build.scenario(seed);
        Files.createDirectories(folder);
        end.begins(folder);
        var progress = new Progress(line -> System.out.println(build.name() + " " + line));
        progress.say(build.description());
        var setup = OwnCluster.Setup.of(scenario).with(AgentJar.options(folder, build.name()));
        if (scenario.needs(Needs.NETWORK)) {
            setup = setup.inNetwork();
        }
        try (Ground own = OwnCluster.start(setup, folder, Office.pbxFile(scenario.load()))) {
            end.heals(own);
            new ChaosRun(scenario, seed, own, folder, progress).run();
            Verdict verdict = Verdicts.write(folder, History.read(folder));
            if (verdict.good()) {
                WorkTree.delete(folder.resolve("cluster").resolve("store"));
            }
            return Outcome.of(build, verdict, seconds(start));
        } catch (IOException | ExecutionException | TimeoutException | IllegalStateException e) {
            return Outcome.without(build, String.valueOf(e.getMessage()), seconds(start));
        }
    }

    private static double seconds(long start) {
        return (System.nanoTime() - start) / 1e9;
    }

    private static String line(Outcome outcome) {
        return String.format(
                Locale.ROOT,
                "  %-4s %-23s %-29s %-40s %4.0f s%s",
                outcome.asExpected() ? "ok" : "BAD",
                outcome.build().name(),
                outcome.build().isHealthy()
                        ? "all pass"
                        : String.join(" or ", outcome.build().checkers()),
                outcome.said(),
                outcome.seconds(),
                outcome.reason().map(why -> "\n         " + why).orElse(""));
    }

    private static void print(PrintStream out, List<Outcome> outcomes) {
        out.printf("%n  %-4s %-23s %-29s %-40s%n", "", "build", "must be said", "was said");
        outcomes.forEach(outcome -> out.println(line(outcome)));
        long broken = outcomes.stream().filter(one -> !one.build().isHealthy()).count();
        long caught = outcomes.stream()
                .filter(one -> !one.build().isHealthy() && one.asExpected())
                .count();
        out.printf("%n  caught        %d of %d broken builds%n", caught, broken);
        BrokenBuilds.all().stream()
                .filter(build -> outcomes.stream().noneMatch(one -> one.build().equals(build)))
                .forEach(build -> out.printf("  not run       %s%n", build.name()));
    }
}
