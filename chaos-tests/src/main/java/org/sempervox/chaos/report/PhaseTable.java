package org.sempervox.chaos.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.DoublePredicate;
import java.util.stream.Collectors;
import org.sempervox.chaos.verdict.CallStory;
import org.sempervox.chaos.verdict.FaultSpan;

/** Calls by the phase of the run in which they were placed, and what was heard in that phase. */
final class PhaseTable {
    private static final int MOST_ROWS = 6;

    /** A part of the run; {@code when} in words. */
    record Phase(String name, String when, DoublePredicate covers) {}

    private PhaseTable() {}

    static String html(Run run) {
        var rows = new StringBuilder();
        phases(run).forEach(phase -> rows.append(row(run, phase, "")));
        rows.append(row(run, new Phase("the whole run", "", _ -> true), " class=\"total\""));
        return """
                <div class="wide"><table class="phases">
                <thead>
                <tr><th rowspan="2">Phase</th><th colspan="6" class="group">calls placed in it</th>\
                <th colspan="3" class="group">what was heard in it, in all calls</th></tr>
                <tr><th class="n">placed</th><th class="n">connected</th><th class="n">not connected</th>\
                <th class="n">lost</th><th class="n">median ringing</th><th class="n">slowest ringing</th>\
                <th class="n">silences ≥ 60 ms</th><th class="n">calls with one</th><th class="n">longest</th></tr>
                </thead>
                <tbody>
                %s</tbody></table></div>
                """.formatted(rows);
    }

    /** Faults whose times overlap share a phase, so that no call is counted twice. */
    static List<Phase> phases(Run run) {
        List<List<FaultSpan>> groups = groups(run.faults());
        if (groups.isEmpty()) {
            return List.of();
        }
        double first = groups.getFirst().getFirst().from();
        double last = run.faults().stream().mapToDouble(FaultSpan::to).max().orElse(0);
        DoublePredicate during = at -> FaultSpan.underWay(run.faults(), at);
        var all = new ArrayList<Phase>();
        all.add(new Phase("before the first fault", "to " + Html.seconds(first), at -> at < first));
        if (groups.size() <= MOST_ROWS) {
            groups.forEach(group -> all.add(phase(group)));
        } else {
            all.add(new Phase("during one of " + run.faults().size() + " faults", "", during));
        }
        if (groups.size() > 1) {
            all.add(new Phase("between faults", "", at -> at >= first && at <= last && !during.test(at)));
        }
        all.add(new Phase("after the last fault", "from " + Html.seconds(last), at -> at > last));
        return all;
    }

    private static List<List<FaultSpan>> groups(List<FaultSpan> faults) {
        List<FaultSpan> sorted = faults.stream()
                .sorted(Comparator.comparingDouble(FaultSpan::from))
                .toList();
        var groups = new ArrayList<List<FaultSpan>>();
        double open = -1;
        for (FaultSpan fault : sorted) {
            if (fault.from() > open) {
                groups.add(new ArrayList<>());
            }
            groups.getLast().add(fault);
            open = Math.max(open, fault.to());
        }
        return groups;
    }

    private static Phase phase(List<FaultSpan> group) {
        double from = group.getFirst().from();
        double to = group.stream().mapToDouble(FaultSpan::to).max().orElse(from);
        String name = group.stream()
                .map(fault -> FaultTable.number(fault) + " " + FaultTable.what(fault.blow()))
                .collect(Collectors.joining(" + "));
        return new Phase(
                "during " + name, Html.seconds(from) + " to " + Html.seconds(to), at -> at >= from && at <= to);
    }

    private static String row(Run run, Phase phase, String style) {
        List<CallStory> placed = run.calls().stream()
                .filter(call -> phase.covers().test(call.placed().at()))
                .toList();
        long connected = placed.stream().filter(CallStory::established).count();
        double[] ringing = placed.stream()
                .map(Run::ringing)
                .flatMapToDouble(OptionalDouble::stream)
                .sorted()
                .toArray();
        List<Run.Heard> silences = run.silences()
                .filter(one -> phase.covers().test(one.silence().from()))
                .toList();
        double longest =
                silences.stream().mapToDouble(one -> one.silence().ms()).max().orElse(-1);
        var expect = run.begin().expect();
        double slowest = ringing.length == 0 ? -1 : ringing[ringing.length - 1];
        return "<tr" + style + "><th>" + Html.text(phase.name()) + when(phase) + "</th>"
                + number(placed.size(), false)
                + number(connected, false)
                + number(placed.size() - connected, placed.size() > connected)
                + lost(placed)
                + duration(ringing.length == 0 ? -1 : ringing[(ringing.length - 1) / 2], false)
                + duration(slowest, expect.newCallMs() >= 0 && slowest > expect.newCallMs())
                + number(silences.size(), false)
                + number(silences.stream().map(Run.Heard::call).distinct().count(), false)
                + duration(longest, expect.gapMs() >= 0 && longest > expect.gapMs())
                + "</tr>\n";
    }

    private static String when(Phase phase) {
        return phase.when().isEmpty() ? "" : " <small>" + Html.text(phase.when()) + "</small>";
    }

    private static String lost(List<CallStory> placed) {
        long lost = placed.stream().filter(CallStory::lost).count();
        return number(lost, lost > 0);
    }

    private static String number(long number, boolean bad) {
        return cell(Long.toString(number), bad);
    }

    private static String duration(double ms, boolean bad) {
        return cell(ms < 0 ? "–" : Html.duration(ms), bad);
    }

    private static String cell(String text, boolean bad) {
        return "<td class=\"n" + (bad ? " fail\">✗ " : "\">") + text + "</td>";
    }
}
