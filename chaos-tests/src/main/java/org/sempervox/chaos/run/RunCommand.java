package org.sempervox.chaos.run;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.sempervox.chaos.cluster.WorkTree;
import org.sempervox.chaos.ground.EarlyEnd;
import org.sempervox.chaos.ground.Ground;
import org.sempervox.chaos.ground.Inventory;
import org.sempervox.chaos.ground.OwnCluster;
import org.sempervox.chaos.ground.Refused;
import org.sempervox.chaos.ground.StagingCluster;
import org.sempervox.chaos.history.History;
import org.sempervox.chaos.history.HistoryFile;
import org.sempervox.chaos.lab.LabRefusal;
import org.sempervox.chaos.load.Office;
import org.sempervox.chaos.scenario.Scenario;
import org.sempervox.chaos.scenario.ScenarioFile;
import org.sempervox.chaos.verdict.Verdict;
import org.sempervox.cluster.cli.Exit;
import org.sempervox.cluster.cli.Report;
import org.sempervox.cluster.launcher.Build;
import org.sempervox.cluster.launcher.StoreKind;
import org.sempervox.cluster.settings.SettingsProblem;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code chaos run}. */
@Command(
        name = "run",
        description = "Runs a scenario on a cluster of its own and gives a verdict; see: sempervox chaos list",
        mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {
    @Parameters(paramLabel = "SCENARIO", description = "a ready one by its name, or a file")
    @SuppressWarnings("NullAway.Init")
    private String name;

    @Option(names = "--seed", description = "decides what is left to chance (default: another one each time)")
    private @Nullable Long seed;

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            description = "new folder for history, verdict, report and logs (default: one under ./work/chaos)")
    private @Nullable Path dir;

    @Option(names = "--store", paramLabel = "h2|cassandra", description = "instead of the scenario's")
    private @Nullable String store;

    @Option(names = "--topology", paramLabel = "office|N", description = "instead of the scenario's")
    private @Nullable String topology;

    @Option(
            names = "--netns",
            description =
                    "each node a host of its own in a Linux network namespace, phones on another host, a virtual address between"
                            + " them, all packets captured (needs root)")
    private boolean netns;

    @Option(
            names = "--inventory",
            paramLabel = "FILE",
            description =
                    "a running cluster, with the commands that break and heal it; refused while others telephone there")
    private @Nullable Path inventory;

    @Option(
            names = "--from",
            paramLabel = "DIR",
            description =
                    "the build that the cluster is started from, for scenario upgrade; made by checks/build-distribution TAG")
    private @Nullable Path from;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private Report report;

    @Override
    public Integer call() throws IOException, InterruptedException, ExecutionException, TimeoutException {
        long chosen = seed != null ? seed : System.nanoTime() & 0xffff_ffffL;
        Scenario scenario = changed(ScenarioFile.find(name, chosen));
        Optional<Inventory> staging = staging();
        Requirements.check(scenario, netns, staging, from != null);
        Path folder = folder(scenario);
        Files.writeString(folder.resolve("scenario.conf"), ScenarioFile.text(name));
        var progress = new Progress(System.out::println);
        progress.say(scenario.title() + " (seed " + chosen + ", " + folder + ")");
        var end = EarlyEnd.watched();
        end.begins(folder);
        try (end;
                Ground own = ground(scenario, staging, folder)) {
            end.heals(own);
            progress.say("cluster serves at " + own.addresses());
            new ChaosRun(scenario, chosen, own, folder, progress).run();
        } catch (Refused e) {
            System.err.println("run: refused: " + e.getMessage());
            return Exit.REFUSED;
        } catch (LabRefusal e) {
            throw new SettingsProblem("--netns", String.valueOf(e.getMessage()), "that");
        } catch (IOException | ExecutionException | TimeoutException | RuntimeException e) {
            if (end.came()) {
                return Exit.INTERRUPTED;
            }
            throw e;
        }
        return judge(folder);
    }

    private Scenario changed(Scenario scenario) {
        String kind = store == null ? scenario.store() : StoreKind.of(store).toString();
        if (inventory != null && (netns || topology != null || store != null)) {
            throw new SettingsProblem(
                    "--inventory", "with --netns, --topology or --store", "it alone: that cluster is as it is");
        }
        Scenario wanted = scenario.on(topology == null ? scenario.topology() : topology, kind);
        return inventory == null ? wanted : wanted.withoutForwarding();
    }

    private Optional<Inventory> staging() throws IOException {
        Path file = inventory;
        return file == null ? Optional.empty() : Optional.of(Inventory.read(file));
    }

    private Ground ground(Scenario scenario, Optional<Inventory> staging, Path folder) throws IOException {
        return staging.isPresent()
                ? StagingCluster.open(staging.get(), folder)
                : OwnCluster.start(setup(scenario), folder, Office.pbxFile(scenario.load()));
    }

    private OwnCluster.Setup setup(Scenario scenario) throws IOException {
        OwnCluster.Setup plain = OwnCluster.Setup.of(scenario);
        Path older = from;
        OwnCluster.Setup setup = older == null ? plain : plain.from(Build.in(older));
        return netns ? setup.inNetwork() : setup;
    }

    private Path folder(Scenario scenario) throws IOException {
        Path folder = dir != null
                ? dir
                : Path.of(
                        "work",
                        "chaos",
                        scenario.name() + "-"
                                + DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss")
                                        .format(LocalDateTime.now(ZoneId.systemDefault())));
        if (Files.exists(folder.resolve(HistoryFile.NAME))) {
            throw new SettingsProblem("--dir", folder.toString(), "a folder without a history of another run");
        }
        try {
            Files.createDirectories(folder);
        } catch (FileAlreadyExistsException e) {
            throw new SettingsProblem("--dir", folder.toString(), "a folder");
        }
        return folder.toAbsolutePath();
    }

    private int judge(Path folder) throws IOException {
        Verdict verdict = Verdicts.write(folder, History.read(folder));
        if (verdict.good()) {
            WorkTree.delete(folder.resolve("cluster").resolve("store"));
        }
        report.print(verdict.json(), out -> Verdicts.print(out, verdict, folder));
        return verdict.good() ? Exit.DONE : Exit.BAD_VERDICT;
    }
}
