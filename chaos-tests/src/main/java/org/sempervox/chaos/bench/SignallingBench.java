package org.sempervox.chaos.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.sempervox.chaos.bench.SignallingReport.Held;
import org.sempervox.chaos.bench.SignallingReport.Row;
import org.sempervox.chaos.bench.SignallingReport.Step;
import org.sempervox.chaos.sipp.Numbers;
import org.sempervox.chaos.sipp.Sipp;
import org.sempervox.cluster.cli.Exit;
import org.sempervox.cluster.cli.Report;
import org.sempervox.cluster.settings.SettingsProblem;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bench signalling}: what a call costs, and how many a second can be placed. */
@Command(
        name = "signalling",
        description = "CPU time and memory per call, and the highest rate with no failed call; the phones are SIPp's.",
        mixinStandardHelpOptions = true)
final class SignallingBench implements Callable<Integer> {
    @Option(
            names = "--topology",
            paramLabel = "office|N",
            defaultValue = "1",
            description = "office: two full nodes and a witness; N: N full nodes (default: ${DEFAULT-VALUE})")
    @SuppressWarnings("NullAway.Init")
    private String topology;

    @Option(
            names = "--extensions",
            split = ",",
            defaultValue = "2000",
            description = "in the number plan; a list gives a row for each (default: ${DEFAULT-VALUE}; 2-100000)")
    private List<Integer> extensions = List.of();

    @Option(
            names = "--past",
            split = ",",
            defaultValue = "0",
            description = "records of past calls in the store; a list gives a row for each (default: ${DEFAULT-VALUE})")
    private List<Integer> past = List.of();

    @Option(
            names = "--rate",
            split = ",",
            defaultValue = "50,100,150,200,250,300,350,400",
            description = "calls a second, in turn until calls fail (default: ${DEFAULT-VALUE})")
    private List<Double> rates = List.of();

    @Option(names = "--seconds", defaultValue = "20", description = "for each rate (default: ${DEFAULT-VALUE})")
    private int seconds;

    @Option(
            names = "--talk-ms",
            defaultValue = "1000",
            description = "from ACK to BYE (default: ${DEFAULT-VALUE}; 0-30000)")
    private int talkMs;

    @Option(
            names = "--warm-up",
            paramLabel = "SECONDS",
            defaultValue = "30",
            description = "calls at 100/s before anything is measured (default: ${DEFAULT-VALUE} s)")
    private int warmUp;

    @Option(
            names = "--hold",
            defaultValue = "500",
            description = "established calls while memory is read; 0: leave it out (default: ${DEFAULT-VALUE})")
    private int hold;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private OwnFolder folder;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private Report report;

    @Override
    public Integer call() throws IOException, InterruptedException, ExecutionException, TimeoutException {
        check();
        Sipp.find();
        return folder.use("signalling", this::measure);
    }

    private void check() {
        extensions.forEach(n -> Bounds.check("--extensions", n, 2, Numbers.MOST));
        past.forEach(n -> Bounds.check("--past", n, 0, 10_000_000));
        Bounds.check("--seconds", seconds, 1, 3600);
        Bounds.check("--talk-ms", talkMs, 0, 30_000);
        Bounds.check("--warm-up", warmUp, 0, 3600);
        Bounds.check("--hold", hold, 0, 5000);
        for (double rate : rates) {
            if (!(rate >= 0.1 && rate <= 5000)) {
                throw new SettingsProblem("--rate", Double.toString(rate), "0.1-5000");
            }
        }
    }

    private int measure(Path work) throws IOException, InterruptedException {
        Conditions conditions = Conditions.now();
        var load = new SignallingTrial.Load(topology, rates, seconds, Duration.ofMillis(talkMs), warmUp, hold);
        var trial = new SignallingTrial(load, new Steps()::say);
        Rows<Row> rows = Rows.measure(
                extensions.size() * past.size(),
                i -> trial.run(work.resolve("row-" + i), extensions.get(i / past.size()), past.get(i % past.size())));
        boolean good = rows.all(row -> row.steps().getFirst().isGood());
        var result = new SignallingReport(conditions, rows.rows(), rows.verdict(good, "calls failed"));
        report.print(new ObjectMapper().valueToTree(result), out -> print(out, result));
        return good ? Exit.DONE : Exit.BAD_VERDICT;
    }

    private void print(PrintStream out, SignallingReport result) {
        out.printf("%n%s%n", result.conditions());
        for (Row row : result.rows()) {
            out.printf(
                    "%n%d extensions, %d past calls, topology %s, talk %.1f s, warmed up with %d calls%n",
                    row.extensions(), row.pastCalls(), row.topology(), talkMs / 1000.0, row.warmUpCalls());
            out.printf(
                    "  start to ready %.1f s, of a node %.1f s; idle: %.1f CPU ms/s in nodes, %.1f in the store%n",
                    row.startTime().toReadyMs() / 1000,
                    row.startTime().nodeMs() / 1000,
                    row.idle().nodesCpuMsPerS(),
                    row.idle().storeCpuMsPerS());
            memory(out, row.idle(), row.held());
            out.printf(
                    "%n  %8s %8s %7s %7s %8s %9s | %s%n",
                    "calls/s", "achieved", "calls", "failed", "retrans.", "set-up ms", "CPU ms per call");
            out.printf(
                    "  %8s %8s %7s %7s %8s %9s | %6s %6s %6s %9s %9s %8s%n",
                    "", "", "", "", "", "", "nodes", "store", "sum", "less idle", "generator", "others %");
            row.steps().forEach(step -> line(out, step));
            out.printf("  highest rate that was reached with no failed call: %.0f/s%n", row.highestGoodRatePerS());
        }
        out.printf("%nverdict: %s%n", result.verdict());
    }

    private static void memory(PrintStream out, Idle idle, Held held) {
        out.printf("%n  %-26s %10s %10s%n", "memory, MiB", "live heap", "RSS");
        kept(out, "nodes, after the start", idle.nodes());
        kept(out, "store, after the start", idle.store());
        if (held.calls() > 0) {
            kept(out, "nodes, warmed up", held.before());
            kept(out, "nodes, with " + held.calls() + " calls", held.with());
            out.printf("  %-26s %10.1f %10.1f%n", "KiB per call", held.liveHeapKiBPerCall(), held.rssKiBPerCall());
        }
    }

    private static void kept(PrintStream out, String what, Kept memory) {
        out.printf("  %-26s %10.1f %10.1f%n", what, memory.liveHeapMiB(), memory.rssMiB());
    }

    private static void line(PrintStream out, Step step) {
        out.printf(
                "  %8.0f %8.1f %7d %7d %8d %9.1f | %6.2f %6.2f %6.2f %9.2f %9.2f %8.0f%n",
                step.ratePerS(),
                step.achievedRatePerS(),
                step.calls(),
                step.failed(),
                step.retransmissions(),
                step.meanSetupMs(),
                step.cpuMsPerCall().nodes(),
                step.cpuMsPerCall().store(),
                step.cpuMsPerCall().sum(),
                step.cpuMsPerCall().sumLessIdle(),
                step.generatorCpuMsPerCall(),
                step.othersPercent());
    }
}
