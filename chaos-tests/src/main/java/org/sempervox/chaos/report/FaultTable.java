package org.sempervox.chaos.report;

import org.sempervox.chaos.history.Entry;
import org.sempervox.chaos.history.Result;
import org.sempervox.chaos.verdict.FaultSpan;

/** The faults by number, as the drawings name them. */
final class FaultTable {
    private FaultTable() {}

    static String html(Run run) {
        if (run.faults().isEmpty()) {
            return "<p>No fault was injected.</p>\n";
        }
        var rows = new StringBuilder();
        for (FaultSpan fault : run.faults()) {
            rows.append("<tr><th>")
                    .append(number(fault))
                    .append("</th><td>")
                    .append(Html.text(what(fault.blow())))
                    .append("</td><td class=\"n\">")
                    .append(Html.seconds(fault.from()))
                    .append("</td><td class=\"n\">")
                    .append(fault.heal().map(heal -> Html.seconds(heal.at())).orElse("–"))
                    .append("</td><td class=\"n\">")
                    .append(run.up(fault.from()))
                    .append("</td><td>")
                    .append(Html.text(result(fault)))
                    .append("</td></tr>\n");
        }
        return """
                <div class="wide"><table>
                <thead><tr><th></th><th>Fault</th><th class="n">struck at</th><th class="n">healed at</th>\
                <th class="n">calls up then</th><th>Carried out?</th></tr></thead>
                <tbody>
                %s</tbody></table></div>
                """.formatted(rows);
    }

    static String number(FaultSpan fault) {
        return "F" + fault.number();
    }

    /** {@code kill of n2}. */
    static String what(Entry.Fault fault) {
        return fault.targets().isEmpty() ? fault.name() : fault.name() + " of " + String.join(", ", fault.targets());
    }

    /** {@code F1: kill of n2, 15.0 s to 20.1 s}. */
    static String words(FaultSpan fault) {
        String heal = fault.heal().map(one -> " to " + Html.seconds(one.at())).orElse("");
        return number(fault) + ": " + what(fault.blow()) + ", " + Html.seconds(fault.from()) + heal;
    }

    private static String result(FaultSpan fault) {
        String blow = result(fault.blow());
        return fault.heal().map(heal -> blow + "; healed: " + result(heal)).orElse(blow);
    }

    private static String result(Entry.Fault fault) {
        String word = switch (fault.result()) {
            case OK -> "yes";
            case FAILED -> "no";
            case UNKNOWN -> "not known";
        };
        boolean plain = fault.result() == Result.OK && fault.detail().isEmpty();
        return plain || fault.detail().isEmpty() ? word : word + " (" + fault.detail() + ")";
    }
}
