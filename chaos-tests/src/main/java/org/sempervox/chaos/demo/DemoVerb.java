package org.sempervox.chaos.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.sempervox.chaos.cluster.ClusterProcess;
import org.sempervox.chaos.cluster.WorkTree;
import org.sempervox.cluster.cli.Exit;
import org.sempervox.cluster.cli.Report;
import org.sempervox.cluster.cli.StoreOption;
import org.sempervox.cluster.cli.Verb;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code demo}: the main job, seen in a minute. */
@Command(
        name = "demo",
        description = "Starts a cluster, places calls with audio, kills a node, and shows that the calls go on.",
        mixinStandardHelpOptions = true)
public final class DemoVerb implements Verb {
    @Option(
            names = "--calls",
            defaultValue = "50",
            description = "calls in progress when the node dies (default: ${DEFAULT-VALUE})")
    private int calls;

    @Option(
            names = "--nodes",
            paramLabel = "office|N",
            defaultValue = "office",
            description = "office: two full nodes and a witness; N: N full nodes (default: ${DEFAULT-VALUE})")
    @SuppressWarnings("NullAway.Init")
    private String nodes;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private StoreOption store;

    @Option(
            names = "--kill",
            paramLabel = "busiest|oldest|NAME",
            defaultValue = "busiest",
            description = "which node to kill (default: ${DEFAULT-VALUE})")
    @SuppressWarnings("NullAway.Init")
    private String kill;

    @Option(
            names = "--dir",
            paramLabel = "W",
            description = "work folder; kept (default: one under ./work, removed at the end)")
    private @Nullable Path dir;

    @Option(names = "--watch", description = "print the launcher's lines too")
    private boolean watch;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private Report report;

    @Override
    public Integer call() throws IOException, InterruptedException {
        String kind = store.kind().toString();
        if (calls < 1 || calls > 400) {
            System.err.println("--calls: " + calls + ": expected 1-400");
            return Exit.BAD_USAGE;
        }
        Path work = dir != null
                ? dir
                : Path.of("work", "demo-" + ProcessHandle.current().pid());
        boolean made = Files.notExists(work);
        Files.createDirectories(work);
        var cleaned = new AtomicBoolean();
        var cluster = new AtomicReference<@Nullable ClusterProcess>();
        Runnable clean = () -> {
            if (cleaned.compareAndSet(false, true)) {
                ClusterProcess running = cluster.get();
                if (running != null) {
                    running.close();
                }
                if (dir == null && made) {
                    WorkTree.delete(work);
                }
            }
        };
        var hook = Thread.ofPlatform().name("clean").unstarted(clean);
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            return run(work, kind, cluster);
        } catch (ExecutionException | TimeoutException | IllegalStateException e) {
            System.err.println("demo: " + e);
            return Exit.BAD_VERDICT;
        } finally {
            clean.run();
        }
    }

    private int run(Path work, String kind, AtomicReference<@Nullable ClusterProcess> cluster)
            throws IOException, InterruptedException, ExecutionException, TimeoutException {
        long start = System.nanoTime();
        int phoneCount = 2 * (calls + Demonstration.NEW_CALLS);
        Path pbx = work.resolve("demo-pbx.conf");
        Files.writeString(pbx, Phones.pbxFile(phoneCount));
        say(start, "starting a cluster (" + nodes + ") in " + work);
        List<String> up = new ArrayList<>(List.of("--topology", nodes, "--store", kind, "--config", pbx.toString()));
        ClusterProcess running = ClusterProcess.start(work, up, line -> {
            if (watch) {
                System.out.println("        | " + line);
            }
        });
        cluster.set(running);
        say(start, "the cluster serves " + running.addresses());
        try (Phones phones = Phones.register(running.addresses(), phoneCount, "127.0.0.1")) {
            say(start, phoneCount + " phones registered");
            DemoReport result = new Demonstration(running, phones, calls, line -> say(start, line)).run(kill);
            JsonNode json = new ObjectMapper().valueToTree(result);
            report.print(json, out -> print(out, result));
            phones.swarm().violations().stream().limit(10).forEach(v -> say(start, "seen by a phone: " + v));
            return result.verdict().equals("ok") ? Exit.DONE : Exit.BAD_VERDICT;
        }
    }

    private static void print(java.io.PrintStream out, DemoReport r) {
        out.printf("%n  calls in progress         %d, lost %d%n", r.calls(), r.lost());
        out.printf(
                "  killed                    %s with %d calls on it%n",
                r.killed().node(), r.killed().callsOnIt());
        out.printf(
                "  audio gap, to callee      p50 %.0f  p99 %.0f  max %.0f ms%n",
                r.gapMs().callerToCallee().p50(),
                r.gapMs().callerToCallee().p99(),
                r.gapMs().callerToCallee().max());
        out.printf(
                "  audio gap, to caller      p50 %.0f  p99 %.0f  max %.0f ms%n",
                r.gapMs().calleeToCaller().p50(),
                r.gapMs().calleeToCaller().p99(),
                r.gapMs().calleeToCaller().max());
        out.printf(
                "  new calls meanwhile       %d of %d answered, p50 %.0f, max %.0f ms%n",
                r.newCallDelayMs().answered(),
                r.newCallDelayMs().calls(),
                r.newCallDelayMs().p50(),
                r.newCallDelayMs().max());
        out.printf("  call records              %d of %d, %d wrong%n", r.cdrFound(), r.cdrExpected(), r.cdrWrong());
        out.printf("  verdict                   %s%n", r.verdict());
    }

    private static void say(long start, String line) {
        System.out.printf("%6.1f s  %s%n", (System.nanoTime() - start) / 1e9, line);
    }
}
