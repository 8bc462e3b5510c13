package org.sempervox.chaos.failover;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sempervox.chaos.client.GapReport.Gaps;
import org.sempervox.chaos.failover.FailoverReport.RowFigures;
import org.sempervox.chaos.failover.Matrix.Column;

/** The matrix as Markdown: what holds, what does not and why. Pure. */
public final class MatrixPage {
    private MatrixPage() {}

    /** {@code taken}: when, where and with what, a line. */
    public static String of(List<Column> columns, String taken) {
        var page = new StringBuilder();
        page.append("""
                # The failover matrix, measured

                Every cell: calls are brought into the state of the row, the fault of the column strikes, and then every call is ended as its people
                would, from both sides. `6/6` means that all six lived, were heard in both directions and left an exact record. **Red cells** say how
                many did not; the reasons stand below. Written by `./sempervox chaos matrix`; see [chaos.md](chaos.md).

                """);
        page.append(taken).append("\n\n## Faults\n\n");
        columns.forEach(column -> page.append("- **%s**: %s (%s, %s)%n"
                .formatted(column.fault().id(), column.fault().title(), column.topology(), column.store())));
        page.append("\n## Calls\n\n");
        rows(page, columns);
        page.append("\n## Figures\n\n");
        figures(page, columns);
        reasons(page, columns);
        return page.toString();
    }

    private static Map<String, String> titles(List<Column> columns) {
        var titles = new LinkedHashMap<String, String>();
        for (Column column : columns) {
            if (column.report() != null) {
                column.report().rows().forEach(row -> titles.putIfAbsent(row.row(), row.title()));
            }
        }
        return titles;
    }

    private static void rows(StringBuilder page, List<Column> columns) {
        page.append("| row | state |");
        columns.forEach(column -> page.append(' ').append(column.fault().id()).append(" |"));
        page.append("\n|---|---|").append("---|".repeat(columns.size())).append('\n');
        titles(columns).forEach((row, title) -> {
            page.append("| %s | %s |".formatted(row, title));
            columns.forEach(column -> page.append(' ').append(cell(column, row)).append(" |"));
            page.append('\n');
        });
    }

    private static String cell(Column column, String row) {
        FailoverReport report = column.report();
        if (report == null) {
            return "**not tried**";
        }
        return report.rows().stream()
                .filter(one -> one.row().equals(row))
                .findFirst()
                .map(MatrixPage::cell)
                .orElse("–");
    }

    private static String cell(RowFigures row) {
        int bad = Math.min(row.calls(), row.lost() + row.silent() + row.recordsWrong());
        String text = (row.calls() - bad) + "/" + row.calls();
        if (bad == 0) {
            return text;
        }
        var why = new ArrayList<String>();
        if (row.lost() > 0) {
            why.add(row.lost() + " lost");
        }
        if (row.silent() > 0) {
            why.add(row.silent() + " silent");
        }
        if (row.recordsWrong() > 0) {
            why.add(row.recordsWrong() + " wrong records");
        }
        return "**" + text + " RED: " + String.join(", ", why) + "**";
    }

    private static void figures(StringBuilder page, List<Column> columns) {
        page.append(
                        "Milliseconds. Audio gap: the longest silence at a receiver minus one packet time, endless ones counted. Answer: from the\n")
                .append(
                        "fault to the first answer within a call that ran on the node struck. New call: from the INVITE to the answer of calls\n")
                .append("placed 0.1 to 2.5 s after the fault.\n\n")
                .append(
                        "| fault | audio gap p50 | p99 | max | call answers p99 | new call p50 | max | records | phones late | verdict |\n")
                .append("|---|---|---|---|---|---|---|---|---|---|\n");
        for (Column column : columns) {
            FailoverReport report = column.report();
            page.append("| ").append(column.fault().id()).append(" | ");
            page.append(report == null ? "| | | | | | | | **not tried** |\n" : figures(report));
        }
    }

    private static String figures(FailoverReport report) {
        Gaps there = report.gapMs().callerToCallee();
        Gaps back = report.gapMs().calleeToCaller();
        int endless = there.endless() + back.endless();
        return "%.0f | %.0f | %.0f%s | %s | %s | %d of %d exact | %.0f | %s |%n"
                .formatted(
                        Math.max(there.p50(), back.p50()),
                        Math.max(there.p99(), back.p99()),
                        Math.max(there.max(), back.max()),
                        endless == 0 ? "" : ", " + endless + " endless",
                        report.entityAnswersMs().of() == 0
                                ? "–"
                                : "%.0f".formatted(report.entityAnswersMs().p99()),
                        report.newCallDelayMs().of() == 0
                                ? "– | –"
                                : "%.0f | %.0f"
                                        .formatted(
                                                report.newCallDelayMs().p50(),
                                                report.newCallDelayMs().max()),
                        report.records().expected() - report.records().wrong(),
                        report.records().expected(),
                        report.phonesLateMs(),
                        report.isOk() ? "good" : "**RED**");
    }

    private static void reasons(StringBuilder page, List<Column> columns) {
        List<Column> red = columns.stream().filter(column -> !column.good()).toList();
        if (red.isEmpty()) {
            return;
        }
        page.append("\n## Why cells are red\n");
        for (Column column : red) {
            page.append("\n**%s** (%s)%n%n"
                    .formatted(column.fault().id(), column.fault().title()));
            if (column.report() == null) {
                page.append("- not tried: ").append(column.problem()).append('\n');
            } else {
                column.report().remarks().stream()
                        .limit(20)
                        .forEach(
                                remark -> page.append("- ").append(line(remark)).append('\n'));
            }
        }
    }

    private static String line(String text) {
        return text.replaceAll("\\s+", " ").replace("|", "\\|");
    }
}
