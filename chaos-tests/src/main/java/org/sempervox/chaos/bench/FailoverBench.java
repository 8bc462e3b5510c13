package org.sempervox.chaos.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.sempervox.chaos.client.GapReport.Gaps;
import org.sempervox.chaos.failover.FailoverReport;
import org.sempervox.chaos.failover.FailoverReport.RowFigures;
import org.sempervox.chaos.failover.FailoverTrial;
import org.sempervox.chaos.failover.Fault;
import org.sempervox.cluster.cli.Exit;
import org.sempervox.cluster.cli.Report;
import org.sempervox.cluster.cli.StoreOption;
import org.sempervox.cluster.settings.SettingsProblem;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bench failover}: calls in every state through one fault after another, each on a cluster of its own. */
@Command(
        name = "failover",
        description = "Calls in every state through a fault: what is lost, how long it is silent, who answers when.",
        mixinStandardHelpOptions = true)
final class FailoverBench implements Callable<Integer> {
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

    @Option(
            names = "--fault",
            paramLabel = "a|b|c|d|e|f|k|rolling|kill-both-in-turn|all",
            defaultValue = "e",
            description = "column of the failover matrix (default: ${DEFAULT-VALUE})")
    @SuppressWarnings("NullAway.Init")
    private String fault;

    @Option(
            names = "--calls",
            description =
                    "calls for each row, 1-40 (default: 6; 12 on three full nodes or more, so that chance spreads them)")
    private @Nullable Integer given;

    @Option(
            names = "--dir",
            paramLabel = "W",
            description = "folder for the clusters' work folders; kept (default: ./work/failover-PID)")
    private @Nullable Path dir;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private Report report;

    @Override
    public Integer call() throws IOException, InterruptedException {
        String kind = store.kind().toString();
        int calls = given != null ? given : FailoverTrial.callsPerRow(topology);
        if (calls < 1 || calls > 40) {
            throw new SettingsProblem("--calls", Integer.toString(calls), "1-40");
        }
        List<Fault> faults = fault.equals("all")
                ? Arrays.asList(Fault.values())
                : List.of(Fault.of(fault)
                        .orElseThrow(() -> new SettingsProblem(
                                "--fault", fault, "a, b, c, d, e, f, k, rolling, kill-both-in-turn or all")));
        Path folder = dir != null
                ? dir
                : Path.of("work", "failover-" + ProcessHandle.current().pid());
        var all = new ArrayList<FailoverReport>();
        for (Fault one : faults) {
            long start = System.nanoTime();
            System.out.printf("fault %s: %s%n", one.id(), one.title());
            var trial = new FailoverTrial(
                    folder.resolve(one.id()),
                    topology,
                    kind,
                    calls,
                    line -> System.out.printf("%6.1f s  %s%n", (System.nanoTime() - start) / 1e9, line));
            try {
                FailoverReport result = trial.run(one);
                all.add(result);
                print(System.out, result);
            } catch (ExecutionException | TimeoutException | IllegalStateException e) {
                System.err.println("fault " + one.id() + " could not be tried: " + e);
            }
        }
        report.print(new ObjectMapper().valueToTree(all), out -> all.forEach(one -> line(out, one)));
        return all.size() == faults.size() && all.stream().allMatch(FailoverReport::isOk)
                ? Exit.DONE
                : Exit.BAD_VERDICT;
    }

    private static void line(PrintStream out, FailoverReport r) {
        out.printf(
                "%-18s %-7s lost %d of %d, records %d of %d (%d wrong), gap max %.0f / %.0f ms, answers again p99 %.0f ms: %s%n",
                r.fault(),
                r.topology(),
                r.lost(),
                r.calls(),
                r.records().found(),
                r.records().expected(),
                r.records().wrong(),
                r.gapMs().callerToCallee().max(),
                r.gapMs().calleeToCaller().max(),
                r.entityAnswersMs().p99(),
                r.verdict());
    }

    private static void print(PrintStream out, FailoverReport r) {
        out.printf("%n  %-4s %-34s %5s %5s %6s %7s  %s%n", "row", "", "calls", "lost", "silent", "records", "answered");
        for (RowFigures row : r.rows()) {
            out.printf(
                    "  %-4s %-34s %5d %5d %6d %7s  %s%n",
                    row.row(),
                    row.title(),
                    row.calls(),
                    row.lost(),
                    row.silent(),
                    row.recordsWrong() == 0 ? "exact" : row.recordsWrong() + " bad",
                    row.answerMs());
        }
        out.println("  audio gap, to callee      " + text(r.gapMs().callerToCallee()));
        out.println("  audio gap, to caller      " + text(r.gapMs().calleeToCaller()));
        out.println("  new calls during it       " + r.newCallDelayMs());
        out.println("  entity answers again      " + r.entityAnswersMs());
        out.printf(
                "  records %d of %d, violations %d, owed %d, media sessions %d, phones late at worst %.0f ms%n",
                r.records().found(),
                r.records().expected(),
                r.violations(),
                r.left().owed(),
                r.left().mediaSessions(),
                r.phonesLateMs());
        out.printf("  verdict                   %s%n%n", r.verdict());
    }

    private static String text(Gaps gaps) {
        return "p50 %.0f  p99 %.0f  max %.0f ms of %d calls, %d endless"
                .formatted(gaps.p50(), gaps.p99(), gaps.max(), gaps.calls(), gaps.endless());
    }
}
