package org.sempervox.chaos.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.sempervox.chaos.bench.MediaReport.Row;
import org.sempervox.chaos.sipp.Sipp;
import org.sempervox.cluster.cli.Exit;
import org.sempervox.cluster.cli.Report;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bench media}: what a relayed packet costs and how long it takes. */
@Command(
        name = "media",
        description = "CPU time, delay and loss of relayed audio: G.711, a datagram each 20 ms and direction.",
        mixinStandardHelpOptions = true)
final class MediaBench implements Callable<Integer> {
    @Option(
            names = "--calls",
            split = ",",
            defaultValue = "500",
            description = "at once, on a single node; a list gives a row for each (default: ${DEFAULT-VALUE}; 1-4000)")
    private List<Integer> calls = List.of();

    @Option(names = "--seconds", defaultValue = "20", description = "measured (default: ${DEFAULT-VALUE})")
    private int seconds;

    @Option(
            names = "--warm-up",
            paramLabel = "SECONDS",
            defaultValue = "10",
            description = "audio before anything is measured (default: ${DEFAULT-VALUE} s)")
    private int warmUp;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private OwnFolder folder;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private Report report;

    @Override
    public Integer call() throws IOException, InterruptedException, ExecutionException, TimeoutException {
        calls.forEach(n -> Bounds.check("--calls", n, 1, 4000));
        Bounds.check("--seconds", seconds, 1, 3600);
        Bounds.check("--warm-up", warmUp, 1, 600);
        Sipp.find();
        return folder.use("media", this::measure);
    }

    private int measure(Path work) throws IOException, InterruptedException {
        Conditions conditions = Conditions.now();
        var trial = new MediaTrial(warmUp, seconds, new Steps()::say);
        Rows<Row> rows = Rows.measure(calls.size(), i -> trial.run(work.resolve("row-" + i), calls.get(i)));
        boolean good = rows.all(Row::valid);
        var result = new MediaReport(conditions, rows.rows(), rows.verdict(good, "packets lost"));
        report.print(new ObjectMapper().valueToTree(result), out -> print(out, result));
        return good ? Exit.DONE : Exit.BAD_VERDICT;
    }

    private static void print(PrintStream out, MediaReport result) {
        out.printf("%n%s%n%n", result.conditions());
        out.printf(
                "  %6s %10s %8s %8s | %10s %6s | %8s %8s %8s | %-20s %8s%n",
                "", "", "", "", "CPU", "node", "added", "delay", "ms", "generator", "others");
        out.printf(
                "  %6s %10s %8s %8s | %10s %6s | %8s %8s %8s | %10s %9s %8s%n",
                "calls", "packets", "lost", "%", "µs/packet", "%", "p50", "p99", "p99.9", "µs/packet", "late p99", "%");
        for (Row row : result.rows()) {
            out.printf(
                    "  %6d %10d %8d %8.4f | %10.2f %6.0f | %8.2f %8.2f %8.2f | %10.2f %6.2f ms %8.0f%s%n",
                    row.calls(),
                    row.packets(),
                    row.lost(),
                    row.lostPercent(),
                    row.cpuUsPerPacket(),
                    row.nodeCpuPercent(),
                    row.addedDelayUs().p50() / 1000,
                    row.addedDelayUs().p99() / 1000,
                    row.addedDelayUs().p999() / 1000,
                    row.generatorCpuUsPerPacket(),
                    row.generatorLateUs().p99() / 1000,
                    row.othersPercent(),
                    row.valid() ? "" : "  not valid: loss");
        }
        out.printf("%nverdict: %s%n", result.verdict());
    }
}
