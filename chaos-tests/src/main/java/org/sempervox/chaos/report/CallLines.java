package org.sempervox.chaos.report;

import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;
import org.sempervox.chaos.history.Entry;
import org.sempervox.chaos.history.Result;
import org.sempervox.chaos.verdict.CallStory;

/** The lines of the history about the calls in question, each with its number in the file, and what befell the nodes meanwhile. */
final class CallLines {
    private static final int MOST_CALLS = 10;
    private static final int MOST_LINES = 60;
    /** The line of the beginning comes first in the file. */
    private static final int FIRST_LINE = 2;

    private CallLines() {}

    static String html(Run run, Set<Long> asked) {
        var out = new StringBuilder();
        run.calls().stream()
                .filter(call -> asked.contains(call.id()))
                .limit(MOST_CALLS)
                .forEach(call -> out.append(table(run, call, out.isEmpty())));
        return out.isEmpty() ? "" : "<h2 id=\"calls\">The calls in question, line by line</h2>\n" + out;
    }

    private static String table(Run run, CallStory call, boolean open) {
        var rows = new StringBuilder();
        List<Entry> entries = run.history().entries();
        int lines = 0;
        for (int i = 0; i < entries.size() && lines < MOST_LINES; i++) {
            Entry entry = entries.get(i);
            boolean own = of(entry).orElse(0) == call.id();
            if (own || meanwhile(run, call, entry)) {
                rows.append(row(entry, i + FIRST_LINE, own));
                lines++;
            }
        }
        return """
                <details id="call-%s"%s><summary>%s%s</summary>
                <div class="wide"><table class="lines">
                <thead><tr><th class="n">line</th><th class="n">at</th><th>what</th></tr></thead>
                <tbody>
                %s</tbody></table></div></details>
                """.formatted(call.id(), open ? " open" : "", Html.text(call.name()), wall(run, call), rows);
    }

    private static String wall(Run run, CallStory call) {
        String wall = run.wall(call.placed().at());
        return wall.isEmpty() ? "" : ", <small>by the clock " + Html.text(wall) + "</small>";
    }

    private static OptionalLong of(Entry entry) {
        return switch (entry) {
            case Entry.Placed one -> OptionalLong.of(one.call());
            case Entry.Operation one -> OptionalLong.of(one.call());
            case Entry.Audio one -> OptionalLong.of(one.call());
            case Entry.Over one -> OptionalLong.of(one.call());
            case Entry.Begin _,
                    Entry.Fault _,
                    Entry.NodeProcess _,
                    Entry.Woken _,
                    Entry.Binding _,
                    Entry.CallDetail _,
                    Entry.Violation _,
                    Entry.Speech _,
                    Entry.Overlap _,
                    Entry.Writing _,
                    Entry.Left _,
                    Entry.Phones _,
                    Entry.SecondLoad _,
                    Entry.SecondOpinion _,
                    Entry.Note _ -> OptionalLong.empty();
        };
    }

    private static boolean meanwhile(Run run, CallStory call, Entry entry) {
        boolean ofNodes =
                entry instanceof Entry.Fault || entry instanceof Entry.NodeProcess || entry instanceof Entry.Woken;
        return ofNodes && entry.at() >= call.placed().at() && entry.at() <= run.over(call);
    }

    private static String row(Entry entry, int line, boolean own) {
        boolean bad = entry instanceof Entry.Operation operation && operation.result() != Result.OK
                || entry instanceof Entry.Over over && !over.stuck().isEmpty();
        String style = bad ? " class=\"fail\"" : own ? "" : " class=\"meanwhile\"";
        return "<tr%s><td class=\"n\">%s</td><td class=\"n\">%s</td><td>%s%s</td></tr>\n"
                .formatted(
                        style,
                        line,
                        String.format(Locale.ROOT, "%.3f s", entry.at() / 1000),
                        bad ? "✗ " : "",
                        Html.text(Words.of(entry)));
    }
}
