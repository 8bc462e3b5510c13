package org.sempervox.chaos.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.sempervox.chaos.history.Entry;
import org.sempervox.chaos.verdict.CallStory;
import org.sempervox.chaos.verdict.FaultSpan;
import org.sempervox.chaos.verdict.Finding;
import org.sempervox.chaos.verdict.Judged;

/** The verdict, what happened in plain words, and how to do it again. */
final class Headline {
    private static final int MOST_FAULTS = 3;
    private static final int MOST_CALLS = 6;

    private final Run run;

    private Headline(Run run) {
        this.run = run;
    }

    static String html(Run run) {
        return new Headline(run).page();
    }

    private String page() {
        Entry.Begin begin = run.begin();
        Judged judged = run.verdict().judged();
        return """
                <header class="%s">
                <p class="verdict">%s</p>
                <h1>%s</h1>
                <p class="story">%s</p>
                %s</header>
                %s
                <dl class="facts">
                %s</dl>
                """.formatted(
                        CheckTable.style(judged),
                        CheckTable.icon(judged) + " " + word(judged),
                        Html.text(begin.title()),
                        Html.text(story()),
                        why(judged),
                        tiles(),
                        facts(begin));
    }

    private static String word(Judged judged) {
        return switch (judged) {
            case PASS -> "Passed";
            case FAIL -> "Failed";
            case UNKNOWN, NOT_LOOKED_AT -> "Cannot tell";
        };
    }

    /** The first reason of each check that is not green. */
    private String why(Judged judged) {
        if (judged == Judged.PASS) {
            return "";
        }
        String items = run.verdict().findings().stream()
                .filter(finding -> finding.judged() == Judged.FAIL || finding.judged() == Judged.UNKNOWN)
                .map(Headline::item)
                .collect(Collectors.joining());
        return "<ul class=\"why\">\n" + items + "</ul>\n";
    }

    private static String item(Finding finding) {
        String reason =
                finding.reasons().isEmpty() ? "" : ": " + finding.reasons().getFirst();
        return "<li>" + CheckTable.icon(finding.judged()) + " <a href=\"#look-" + Html.text(finding.checker()) + "\">"
                + Html.text(finding.checker()) + "</a>" + Html.text(reason) + "</li>\n";
    }

    /** What was done and what became of the calls. */
    private String story() {
        return faults() + " " + calls() + " " + heard();
    }

    private String faults() {
        List<FaultSpan> all = run.faults();
        if (all.isEmpty()) {
            return "No fault was injected.";
        }
        if (all.size() > MOST_FAULTS) {
            long least =
                    all.stream().mapToLong(fault -> run.up(fault.from())).min().orElse(0);
            return "%s faults struck between %s and %s, each while at least %s up."
                    .formatted(
                            all.size(),
                            Html.seconds(all.getFirst().from()),
                            Html.seconds(all.getLast().from()),
                            calls(least));
        }
        var parts = new ArrayList<String>();
        for (FaultSpan fault : all) {
            parts.add("%s at %s while %s up"
                    .formatted(FaultTable.what(fault.blow()), Html.seconds(fault.from()), calls(run.up(fault.from()))));
        }
        String said = String.join("; ", parts) + ".";
        return Character.toUpperCase(said.charAt(0)) + said.substring(1);
    }

    private static String calls(long number) {
        return number == 1 ? "1 call was" : number + " calls were";
    }

    private String calls() {
        List<CallStory> connected =
                run.calls().stream().filter(CallStory::established).toList();
        List<CallStory> lost = connected.stream().filter(CallStory::lost).toList();
        List<CallStory> failed =
                run.calls().stream().filter(call -> !call.established()).toList();
        String setUp = failed.isEmpty()
                ? "All " + Html.count(run.calls().size(), "call", "calls") + " that were placed were connected"
                : "%s of %s placed were not connected (%s)"
                        .formatted(failed.size(), Html.count(run.calls().size(), "call", "calls"), numbers(failed));
        String kept = lost.isEmpty()
                ? "; no connected call was lost."
                : "; %s of %s connected calls %s lost (%s)."
                        .formatted(lost.size(), connected.size(), lost.size() == 1 ? "was" : "were", numbers(lost));
        return run.calls().isEmpty() ? "No call was placed." : setUp + kept;
    }

    private static String numbers(List<CallStory> calls) {
        String some = calls.stream()
                .limit(MOST_CALLS)
                .map(call -> Long.toString(call.id()))
                .collect(Collectors.joining(", "));
        return (calls.size() == 1 ? "call " : "calls ") + some + (calls.size() > MOST_CALLS ? ", …" : "");
    }

    private String heard() {
        double longest =
                run.silences().mapToDouble(one -> one.silence().ms()).max().orElse(0);
        if (run.calls().stream().allMatch(call -> call.audio().isEmpty())) {
            return "Nobody listened to the audio.";
        }
        return longest == 0
                ? "No silence of 60 ms or more was heard."
                : "The longest silence was " + Html.duration(longest) + ".";
    }

    private String tiles() {
        List<CallStory> calls = run.calls();
        long connected = calls.stream().filter(CallStory::established).count();
        long lost = calls.stream().filter(CallStory::lost).count();
        double silence =
                run.silences().mapToDouble(one -> one.silence().ms()).max().orElse(0);
        double ringing = calls.stream()
                .map(Run::ringing)
                .flatMapToDouble(java.util.OptionalDouble::stream)
                .max()
                .orElse(0);
        var expect = run.begin().expect();
        return "<div class=\"tiles\">\n"
                + tile("calls placed", Integer.toString(calls.size()), "", false)
                + tile(
                        "connected",
                        Long.toString(connected),
                        expect.failedCalls() == 0 ? "allowed: all" : "may fail: " + expect.failedCalls(),
                        calls.size() - connected > expect.failedCalls())
                + tile("lost", Long.toString(lost), "allowed: " + expect.lostCalls(), lost > expect.lostCalls())
                + tile(
                        "longest silence",
                        Html.duration(silence),
                        allowed(expect.gapMs()),
                        over(silence, expect.gapMs()))
                + tile(
                        "slowest ringing",
                        Html.duration(ringing),
                        allowed(expect.newCallMs()),
                        over(ringing, expect.newCallMs()))
                + "</div>";
    }

    private static String allowed(double ms) {
        return ms < 0 ? "not judged" : "allowed: " + Html.duration(ms);
    }

    private static boolean over(double value, double allowed) {
        return allowed >= 0 && value > allowed;
    }

    private static String tile(String name, String value, String note, boolean bad) {
        return "<div%s><b>%s%s</b><span>%s</span><small>%s</small></div>\n"
                .formatted(
                        bad ? " class=\"fail\"" : "",
                        bad ? CheckTable.icon(Judged.FAIL) + " " : "",
                        Html.text(value),
                        Html.text(name),
                        Html.text(note));
    }

    private String facts(Entry.Begin begin) {
        String ground = switch (begin.ground()) {
            case "here" -> "this machine (here)";
            case "netns" -> "this machine, each node in a network namespace of its own (netns)";
            default -> begin.ground();
        };
        return fact("Scenario", Html.text(begin.scenario()))
                + fact("When", Html.text(begin.wall()) + ", for " + Html.seconds(run.end()))
                + fact("Where", Html.text(ground))
                + fact("Cluster", Html.text(begin.topology() + ": " + String.join(", ", begin.nodes())))
                + fact("Store", Html.text(begin.store()))
                + fact("Seed", Long.toString(begin.seed()))
                + fact(
                        "Do it again",
                        "<code>"
                                + Html.text(Shell.line(
                                        "./sempervox",
                                        "chaos",
                                        "run",
                                        begin.scenario(),
                                        "--seed",
                                        Long.toString(begin.seed())))
                                + "</code>");
    }

    private static String fact(String name, String html) {
        return "<dt>" + name + "</dt><dd>" + html + "</dd>\n";
    }
}
