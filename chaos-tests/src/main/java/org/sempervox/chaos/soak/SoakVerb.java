package org.sempervox.chaos.soak;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.sempervox.chaos.bench.Bounds;
import org.sempervox.chaos.bench.OwnFolder;
import org.sempervox.chaos.cluster.ClusterProcess;
import org.sempervox.chaos.demo.Phones;
import org.sempervox.cluster.cli.Exit;
import org.sempervox.cluster.cli.Report;
import org.sempervox.cluster.cli.StoreOption;
import org.sempervox.cluster.cli.Verb;
import org.sempervox.cluster.settings.SettingsProblem;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code soak}: a long run with growth figures. */
@Command(
        name = "soak",
        description = "Calls with audio without a break while nodes are killed in turn: what is lost, left or growing.",
        mixinStandardHelpOptions = true)
public final class SoakVerb implements Verb {
    /** Short, so that a run sees events go. */
    private static final String RETENTION = "2m";

    @Option(
            names = "--minutes",
            defaultValue = "20",
            description = "how long calls are placed, 1-10080 (default: ${DEFAULT-VALUE})")
    private int minutes;

    @Option(
            names = "--kill-every",
            paramLabel = "SECONDS",
            defaultValue = "120",
            description =
                    "kill -9 of one full node in turn, as soon as all serve again; 0 for never, else 10-86400 (default: ${DEFAULT-VALUE})")
    private int killEvery;

    @Option(
            names = "--calls",
            defaultValue = "30",
            description = "in progress at any time, 1-400 (default: ${DEFAULT-VALUE})")
    private int calls;

    @Option(
            names = "--topology",
            paramLabel = "office|N",
            defaultValue = "office",
            description = "office: two full nodes and a witness; N: N full nodes (default: ${DEFAULT-VALUE})")
    @SuppressWarnings("NullAway.Init")
    private String topology;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private StoreOption store;

    @Option(names = "--seed", defaultValue = "1", description = "of talk times and holds (default: ${DEFAULT-VALUE})")
    private long seed;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private OwnFolder folder;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private Report report;

    private final long start = System.nanoTime();
    private final Stop stop = new Stop();
    private volatile boolean interrupted;

    @Override
    public Integer call() throws IOException, InterruptedException, ExecutionException, TimeoutException {
        String kind = store.kind().toString();
        Bounds.check("--minutes", minutes, 1, 10_080);
        Bounds.check("--calls", calls, 1, 400);
        if (killEvery != 0) {
            Bounds.check("--kill-every", killEvery, 10, 86_400);
        }
        if (killEvery != 0 && topology.equals("1")) {
            throw new SettingsProblem(
                    "--kill-every", Integer.toString(killEvery), "0 with --topology 1, where no other node takes over");
        }
        Runtime.getRuntime()
                .addShutdownHook(Thread.ofPlatform().name("stop soak").unstarted(this::interrupt));
        try {
            return folder.use("soak", work -> soak(work, kind));
        } catch (IOException | ExecutionException | TimeoutException | RuntimeException e) {
            if (interrupted) {
                return Exit.INTERRUPTED;
            }
            throw e;
        } finally {
            stop.now();
        }
    }

    /** Also at every other end of the program, when it does nothing any more. */
    private void interrupt() {
        if (!stop.isSet()) {
            interrupted = true;
            System.out.println("interrupted: ending calls, nodes and store; no verdict");
            stop.now();
        }
    }

    private int soak(Path work, String kind)
            throws IOException, InterruptedException, ExecutionException, TimeoutException {
        Instant begun = Instant.now();
        Path pbx = work.resolve("soak-pbx.conf");
        Files.writeString(pbx, Phones.pbxFile(2 * calls));
        say("starting a cluster (" + topology + ") in " + work);
        var arguments = List.of("--topology", topology, "--store", kind, "--config", pbx.toString());
        var options = List.of("-Dsempervox.call.journal-retention=" + RETENTION);
        try (ClusterProcess cluster = ClusterProcess.start(work, arguments, options, _ -> {});
                Phones phones = Phones.register(cluster.addresses(), 2 * calls, "127.0.0.1")) {
            say(2 * calls + " phones registered at " + cluster.addresses());
            var plan = new SoakRun.Plan(
                    Duration.ofMinutes(minutes), Duration.ofSeconds(killEvery), topology, kind, calls, seed, begun);
            SoakReport result = new SoakRun(plan, cluster, phones, stop, this::say).run();
            if (interrupted) {
                return Exit.INTERRUPTED;
            }
            report.print(new ObjectMapper().valueToTree(result), out -> print(out, result));
            return result.verdict().equals(SoakReport.OK) ? Exit.DONE : Exit.BAD_VERDICT;
        }
    }

    private static void print(PrintStream out, SoakReport r) {
        out.printf(
                "%n  calls                     %d in %.1f min (%d held and resumed): %d lost, %d not set up, %d silent, %d put off%n",
                r.calls(), r.minutes(), r.held(), r.lost(), r.notSetUp(), r.silent(), r.putOff());
        out.printf(
                "  kill -9                   %d, nodes not back %d%n", r.kills().size(), r.notBack());
        out.printf(
                "  call records              %d of %d, %d wrong, %d missing%n",
                r.records().found(),
                r.records().expected(),
                r.records().wrong(),
                r.records().missing());
        out.printf(
                "  left                      %s%n",
                r.restMs() < 0 ? r.left() : "nothing, %.1f s after the last call".formatted(r.restMs() / 1000.0));
        out.printf("  journal                   %s%n", r.journal().words());
        out.printf("  SIP violations seen       %d%n", r.violations());
        for (HeapSeries one : r.heap()) {
            Double slope = one.slope();
            out.printf(
                    "  live heap %-9s %7d  %5.1f to %5.1f MiB in %d readings over %d calls, %s%n",
                    one.node(),
                    one.pid(),
                    one.points().getFirst().liveHeapMiB(),
                    one.points().getLast().liveHeapMiB(),
                    one.points().size(),
                    one.points().getLast().calls() - one.points().getFirst().calls(),
                    slope == null ? "too few for a slope" : "%+.2f MiB per 1,000 calls".formatted(slope));
        }
        out.printf("  verdict                   %s%n", r.verdict());
    }

    private void say(String line) {
        if (!interrupted) {
            System.out.printf("%6.1f s  %s%n", (System.nanoTime() - start) / 1e9, line);
        }
    }
}
