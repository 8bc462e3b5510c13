package org.sempervox.chaos.run;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.sempervox.chaos.failover.FailoverTrial;
import org.sempervox.chaos.failover.Fault;
import org.sempervox.chaos.failover.Matrix;
import org.sempervox.chaos.failover.MatrixPage;
import org.sempervox.chaos.ground.EarlyEnd;
import org.sempervox.cluster.cli.Exit;
import org.sempervox.cluster.cli.Report;
import org.sempervox.cluster.cli.Sempervox;
import org.sempervox.cluster.cli.StoreOption;
import org.sempervox.cluster.settings.SettingsProblem;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code chaos matrix}. */
@Command(
        name = "matrix",
        description = "Calls in every state through every fault; writes the failover matrix with what was measured.",
        mixinStandardHelpOptions = true)
final class MatrixCommand implements Callable<Integer> {
    private static final int LAST_ROW = 22;

    @Option(
            names = "--rows",
            defaultValue = "1-8,20",
            description = "numbers of call states, as in 1-8,20 (default: ${DEFAULT-VALUE}: all whose state exists)")
    @SuppressWarnings("NullAway.Init")
    private String rows;

    @Option(
            names = "--faults",
            defaultValue = "a-p",
            description = "columns, as in a-f,j or rolling, n-back (default: ${DEFAULT-VALUE})")
    @SuppressWarnings("NullAway.Init")
    private String faults;

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

    @Option(names = "--calls", description = "for each row, 1-40 (default: 6; 12 on three full nodes or more)")
    private @Nullable Integer calls;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            defaultValue = "docs/failover-matrix.md",
            description = "where the matrix is written (default: ${DEFAULT-VALUE})")
    @SuppressWarnings("NullAway.Init")
    private Path out;

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            description = "folder for the clusters; kept (default: one under ./work)")
    private @Nullable Path dir;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private Report report;

    private final long start = System.nanoTime();

    @Override
    public Integer call() throws IOException, InterruptedException {
        Set<String> wanted = rows(rows);
        List<Fault> columns = faults(faults);
        int count = calls != null ? calls : FailoverTrial.callsPerRow(topology);
        if (count < 1 || count > 40) {
            throw new SettingsProblem("--calls", Integer.toString(count), "1-40");
        }
        Path folder = dir != null
                ? dir
                : Path.of("work", "chaos", "matrix-" + ProcessHandle.current().pid());
        Files.createDirectories(folder);
        var end = EarlyEnd.watched();
        var matrix = new Matrix(folder.toAbsolutePath(), wanted, count, end, this::say);
        List<Matrix.Column> result;
        try (end) {
            result = matrix.run(columns, topology, store.kind().toString()).stream()
                    .sorted(Comparator.comparing(Matrix.Column::fault))
                    .toList();
        }
        String taken = "Taken %s with version %s, %d calls a row (twice as many talking), %d cores, %d cluster starts."
                .formatted(
                        Instant.now().truncatedTo(ChronoUnit.MINUTES),
                        Sempervox.VERSION,
                        count,
                        Runtime.getRuntime().availableProcessors(),
                        matrix.starts());
        Path parent = out.toAbsolutePath().getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        Files.writeString(out, MatrixPage.of(result, taken));
        boolean good = result.stream().allMatch(Matrix.Column::good);
        report.print(new ObjectMapper().valueToTree(result), print -> {
            result.forEach(column -> print.printf(
                    "  %-18s %s%n", column.fault().id(), column.good() ? "good" : "RED " + column.problem()));
            print.printf("%n  matrix        %s%n  verdict       %s%n", out, good ? "pass" : "fail");
        });
        return good ? Exit.DONE : Exit.BAD_VERDICT;
    }

    private void say(String line) {
        System.out.printf("%7.1f s  %s%n", (System.nanoTime() - start) / 1e9, line);
    }

    static Set<String> rows(String text) {
        var all = new LinkedHashSet<String>();
        for (String part : text.split(",", -1)) {
            if (!part.matches("[0-9]{1,2}(-[0-9]{1,2})?")) {
                throw new SettingsProblem("--rows", text, "numbers from 1 to " + LAST_ROW + ", as in 1-8,20");
            }
            String[] ends = part.split("-", -1);
            int from = Integer.parseInt(ends[0]);
            int to = Integer.parseInt(ends[ends.length - 1]);
            if (from < 1 || to > LAST_ROW || from > to) {
                throw new SettingsProblem("--rows", part, "numbers from 1 to " + LAST_ROW + ", the smaller first");
            }
            for (int row = from; row <= to; row++) {
                all.add(Integer.toString(row));
            }
        }
        return all;
    }

    static List<Fault> faults(String text) {
        var all = new LinkedHashSet<Fault>();
        for (String part : text.split(",", -1)) {
            if (part.matches("[a-p]-[a-p]") && part.charAt(0) <= part.charAt(2)) {
                for (char letter = part.charAt(0); letter <= part.charAt(2); letter++) {
                    all.addAll(Fault.column(String.valueOf(letter)));
                }
                continue;
            }
            List<Fault> named = Fault.column(part);
            if (named.isEmpty()) {
                throw new SettingsProblem("--faults", part, "letters from a to p, as in a-f,j, or a fault's name");
            }
            all.addAll(named);
        }
        return new ArrayList<>(all);
    }
}
