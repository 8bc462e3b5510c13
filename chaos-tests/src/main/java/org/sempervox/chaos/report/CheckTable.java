package org.sempervox.chaos.report;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.sempervox.chaos.verdict.Finding;
import org.sempervox.chaos.verdict.Judged;

/** Each check with its question, its verdict, what it measured and why it is not green. */
final class CheckTable {
    private static final int MOST_REASONS = 4;

    private CheckTable() {}

    static String html(Run run) {
        String rows = run.verdict().findings().stream().map(CheckTable::row).collect(Collectors.joining());
        return """
                <table class="checks">
                <thead><tr><th>Verdict</th><th>Question</th><th>Figures</th></tr></thead>
                <tbody>
                %s</tbody></table>
                """.formatted(rows);
    }

    private static String row(Finding finding) {
        return "<tr class=\"%s\"><td>%s&nbsp;%s</td><td>%s <code>%s</code>%s</td><td>%s</td></tr>\n"
                .formatted(
                        style(finding.judged()),
                        icon(finding.judged()),
                        word(finding.judged()),
                        Html.text(finding.question()),
                        Html.text(finding.checker()),
                        reasons(finding),
                        figures(finding.figures()));
    }

    private static String reasons(Finding finding) {
        if (finding.reasons().isEmpty()) {
            return "";
        }
        List<String> all = finding.reasons();
        String first = items(all.subList(0, Math.min(MOST_REASONS, all.size())));
        String rest = all.size() <= MOST_REASONS
                ? ""
                : "<details><summary>and others</summary>" + items(all.subList(MOST_REASONS, all.size()))
                        + "</details>";
        String look = finding.judged() == Judged.NOT_LOOKED_AT
                ? ""
                : "<a href=\"#look-" + Html.text(finding.checker()) + "\">Where to look</a>";
        return first + rest + look;
    }

    private static String items(List<String> reasons) {
        return reasons.stream()
                .map(reason -> "<li>" + Html.text(reason) + "</li>\n")
                .collect(Collectors.joining("", "<ul>\n", "</ul>"));
    }

    private static String figures(Map<String, String> figures) {
        return figures.entrySet().stream()
                .map(one -> "<span class=\"figure\">" + Html.text(one.getKey()) + " <b>" + Html.text(one.getValue())
                        + "</b></span>\n")
                .collect(Collectors.joining());
    }

    static String word(Judged judged) {
        return switch (judged) {
            case PASS -> "passed";
            case FAIL -> "failed";
            case UNKNOWN -> "cannot tell";
            case NOT_LOOKED_AT -> "not looked at";
        };
    }

    static String style(Judged judged) {
        return switch (judged) {
            case PASS -> "pass";
            case FAIL -> "fail";
            case UNKNOWN -> "unknown";
            case NOT_LOOKED_AT -> "skipped";
        };
    }

    /** Drawn, as not every font has such signs. */
    static String icon(Judged judged) {
        String path = switch (judged) {
            case PASS -> "M4 8.5l3 3 5.5-7";
            case FAIL -> "M4 4l8 8M12 4l-8 8";
            case UNKNOWN -> "M5.5 6a2.5 2.5 0 1 1 3.6 2.2q-1.1.6-1.1 1.6M8 12.2v.3";
            case NOT_LOOKED_AT -> "M4.5 8h7";
        };
        return "<svg class=\"icon " + style(judged) + "\" viewBox=\"0 0 16 16\" aria-hidden=\"true\">"
                + "<circle cx=\"8\" cy=\"8\" r=\"7.5\"/><path d=\"" + path + "\"/></svg>";
    }
}
