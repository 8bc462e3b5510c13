package org.sempervox.chaos.run;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;
import org.sempervox.chaos.history.History;
import org.sempervox.chaos.report.ReportPage;
import org.sempervox.chaos.verdict.Finding;
import org.sempervox.chaos.verdict.Judged;
import org.sempervox.chaos.verdict.Verdict;

/** Verdicts as files and for the console. */
final class Verdicts {
    private Verdicts() {}

    static Verdict write(Path folder, History history) throws IOException {
        Verdict verdict = Verdict.of(history);
        ReportPage.write(folder, history, verdict);
        return verdict;
    }

    static void print(PrintStream out, Verdict verdict, Path folder) {
        out.println();
        for (Finding finding : verdict.findings()) {
            out.printf("  %-13s %-18s %s%n", word(finding.judged()), finding.checker(), figures(finding.figures()));
            finding.reasons().forEach(reason -> out.printf("  %-13s   %s%n", "", reason));
        }
        out.printf("%n  verdict       %s%n", Verdict.text(verdict.judged()));
        out.printf("  report        %s%n", folder.resolve("report.html"));
    }

    private static String word(Judged judged) {
        return switch (judged) {
            case PASS -> "ok";
            case FAIL -> "RED";
            case UNKNOWN -> "UNKNOWN";
            case NOT_LOOKED_AT -> "not looked at";
        };
    }

    private static String figures(Map<String, String> figures) {
        var text = new StringBuilder();
        figures.forEach((name, value) ->
                text.append(text.isEmpty() ? "" : ", ").append(name).append(' ').append(value));
        return text.toString();
    }
}
