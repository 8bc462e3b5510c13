package org.sempervox.chaos.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.sempervox.chaos.bench.RegistrationsReport.Row;
import org.sempervox.chaos.bench.RegistrationsReport.Step;
import org.sempervox.chaos.sipp.Numbers;
import org.sempervox.chaos.sipp.Sipp;
import org.sempervox.cluster.cli.Exit;
import org.sempervox.cluster.cli.Report;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bench registrations}: what a registered phone costs. */
@Command(
        name = "registrations",
        description = "CPU time and memory per registration, first and refreshed; the phones are SIPp's.",
        mixinStandardHelpOptions = true)
final class RegistrationsBench implements Callable<Integer> {
    @Option(
            names = "--topology",
            paramLabel = "office|N",
            defaultValue = "1",
            description = "office: two full nodes and a witness; N: N full nodes (default: ${DEFAULT-VALUE})")
    @SuppressWarnings("NullAway.Init")
    private String topology;

    @Option(
            names = "--registrations",
            split = ",",
            defaultValue = "2000",
            description = "phones; a list gives a row for each (default: ${DEFAULT-VALUE}; 1-99500)")
    private List<Integer> registrations = List.of();

    @Option(
            names = "--first-rate",
            defaultValue = "200",
            description = "first registrations a second (default: ${DEFAULT-VALUE})")
    private int firstRate;

    @Option(
            names = "--rate",
            split = ",",
            defaultValue = "200",
            description = "refreshes a second, in turn until some fail (default: ${DEFAULT-VALUE})")
    private List<Integer> rates = List.of();

    @Option(names = "--seconds", defaultValue = "20", description = "for each rate (default: ${DEFAULT-VALUE})")
    private int seconds;

    @Option(
            names = "--warm-up",
            paramLabel = "SECONDS",
            defaultValue = "20",
            description =
                    "registrations of other phones at 200/s before anything is measured (default: ${DEFAULT-VALUE} s)")
    private int warmUp;

    @Option(
            names = "--asleep",
            description =
                    "read memory again when the extensions sleep, two minutes after their last REGISTER: most of a phone's life")
    private boolean asleep;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private OwnFolder folder;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private Report report;

    @Override
    public Integer call() throws IOException, InterruptedException, ExecutionException, TimeoutException {
        registrations.forEach(n -> Bounds.check("--registrations", n, 1, Numbers.MOST - RegistrationsTrial.OTHERS));
        rates.forEach(n -> Bounds.check("--rate", n, 1, 5000));
        Bounds.check("--first-rate", firstRate, 1, 5000);
        Bounds.check("--seconds", seconds, 1, 3600);
        Bounds.check("--warm-up", warmUp, 0, 3600);
        Sipp.find();
        return folder.use("registrations", this::measure);
    }

    private int measure(Path work) throws IOException, InterruptedException {
        Conditions conditions = Conditions.now();
        List<Double> refreshes = rates.stream().map(Integer::doubleValue).toList();
        var trial = new RegistrationsTrial(
                new RegistrationsTrial.Load(topology, firstRate, refreshes, seconds, warmUp, asleep), new Steps()::say);
        Rows<Row> rows =
                Rows.measure(registrations.size(), i -> trial.run(work.resolve("row-" + i), registrations.get(i)));
        boolean good = rows.all(Row::isGood);
        var result = new RegistrationsReport(conditions, rows.rows(), rows.verdict(good, "registrations failed"));
        report.print(new ObjectMapper().valueToTree(result), out -> print(out, result));
        return good ? Exit.DONE : Exit.BAD_VERDICT;
    }

    private static void print(PrintStream out, RegistrationsReport result) {
        out.printf("%n%s%n", result.conditions());
        for (Row row : result.rows()) {
            out.printf(
                    "%n%d registrations, topology %s, warmed up with %d of other phones%n",
                    row.registrations(), row.topology(), row.warmUpRegistrations());
            out.printf(
                    "  memory of the nodes, MiB: live heap %.1f, with the registrations %.1f; RSS %.1f, %.1f%n",
                    row.before().liveHeapMiB(),
                    row.with().liveHeapMiB(),
                    row.before().rssMiB(),
                    row.with().rssMiB());
            out.printf(
                    "  per registration: %.1f KiB of live heap, %.1f KiB of RSS%n",
                    row.liveHeapKiBPerRegistration(), row.rssKiBPerRegistration());
            if (row.asleepHeapKiBPerRegistration() != null) {
                out.printf("  when it sleeps: %.1f KiB of live heap%n", row.asleepHeapKiBPerRegistration());
            }
            out.printf(
                    "%n  %-9s %6s %8s %7s %7s %8s %7s | %s%n",
                    "",
                    "rate/s",
                    "achieved",
                    "made",
                    "failed",
                    "retrans.",
                    "mean ms",
                    "CPU ms per challenge and answer");
            out.printf(
                    "  %-9s %6s %8s %7s %7s %8s %7s | %6s %6s %6s %9s %9s %8s%n",
                    "", "", "", "", "", "", "", "nodes", "store", "sum", "less idle", "generator", "others %");
            line(out, "first", row.first());
            row.refreshes().forEach(step -> line(out, "refresh", step));
        }
        out.printf("%nverdict: %s%n", result.verdict());
    }

    private static void line(PrintStream out, String what, Step step) {
        out.printf(
                "  %-9s %6.0f %8.1f %7d %7d %8d %7.1f | %6.2f %6.2f %6.2f %9.2f %9.2f %8.0f%n",
                what,
                step.ratePerS(),
                step.achievedRatePerS(),
                step.registrations(),
                step.failed(),
                step.retransmissions(),
                step.meanMs(),
                step.cpuMsPerRegistration().nodes(),
                step.cpuMsPerRegistration().store(),
                step.cpuMsPerRegistration().sum(),
                step.cpuMsPerRegistration().sumLessIdle(),
                step.generatorCpuMsPerRegistration(),
                step.othersPercent());
    }
}
