package org.sempervox.chaos.report;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.sempervox.chaos.history.Entry;
import org.sempervox.chaos.history.Verb;
import org.sempervox.chaos.report.Svg.Anchor;
import org.sempervox.chaos.report.Svg.Mark;
import org.sempervox.chaos.verdict.CallStory;
import org.sempervox.chaos.verdict.FaultSpan;

/** Everything over the run's time: faults, calls up, calls that went wrong, and which nodes ran. */
final class Timeline {
    private static final double PLOT = 180;
    private static final double LANE = 22;
    private static final int MOST_NAMES = 5;
    private static final double CHARACTER = 6.6;

    private final Run run;
    private final TimePlot plot;
    private final Svg svg;

    private Timeline(Run run) {
        this.run = run;
        this.plot = new TimePlot(run);
        this.svg = plot.svg;
    }

    static String html(Run run) {
        return new Timeline(run).drawing() + legend(run);
    }

    private static String legend(Run run) {
        return new Legend()
                .area("connected", "calls connected")
                .area("placed", "calls being set up or ended")
                .faults(run)
                .mark(Mark.CROSS, "bad", "call lost, or still going on")
                .mark(Mark.DOWN, "bad", "call not connected")
                .area("alive", "node's process runs")
                .mark(Mark.CROSS, "event", "process ended")
                .mark(Mark.UP, "event", "process started")
                .mark(Mark.DIAMOND, "event", "came back after a freeze or a cut")
                .html();
    }

    private String drawing() {
        double names = names();
        double bottom = names + PLOT;
        List<String> nodes = nodes();
        double wrong = bottom + LANE;
        double end = wrong + LANE * nodes.size() + 6;
        plot.faults(names, end);
        plot.time(names, end);
        calls(new Scale(most(), bottom, names + 8, false));
        wrong(bottom + LANE / 2 + 2);
        for (int i = 0; i < nodes.size(); i++) {
            node(nodes.get(i), wrong + LANE * i + LANE / 2 + 2);
        }
        ends(names, end);
        return svg.drawing(
                TimePlot.WIDTH,
                end + 38,
                "Calls up, faults, calls that went wrong and running nodes over the time of the run");
    }

    /** Names of faults in rows above the drawing, as many as there is room for; the table has them all. Gives where the drawing begins. */
    private double names() {
        double[] free = new double[MOST_NAMES];
        int rows = 0;
        for (FaultSpan fault : run.faults()) {
            double from = plot.x.at(fault.from());
            String name = FaultTable.number(fault) + " " + Html.brief(FaultTable.what(fault.blow()), 44);
            double width = name.length() * CHARACTER;
            double at = Math.min(from, TimePlot.RIGHT - width);
            for (int row = 0; row < MOST_NAMES; row++) {
                if (at >= free[row]) {
                    svg.text(at, 14 + row * 15, "fault", Anchor.START, name);
                    free[row] = at + width + 10;
                    rows = Math.max(rows, row + 1);
                    break;
                }
            }
        }
        return 8 + rows * 15;
    }

    private void ends(double top, double bottom) {
        double at = run.begin().loadEnds();
        if (at > 0 && at < run.end()) {
            double x = plot.x.at(at);
            svg.line(x, top, x, bottom, "ends");
            svg.text(x + 4, top + 12, "tick", Anchor.START, "no new calls from here on");
        }
    }

    private double most() {
        return Math.max(
                        1,
                        steps(false).values().stream().mapToLong(n -> n).max().orElse(0))
                * 1.05;
    }

    /** Calls up from each moment on. */
    private SortedMap<Double, Long> steps(boolean connected) {
        var changes = new TreeMap<Double, Long>();
        for (CallStory call : run.calls()) {
            Optional<Double> from = connected
                    ? call.done(Verb.CONNECT).map(Entry.Operation::at)
                    : Optional.of(call.placed().at());
            from.ifPresent(at -> {
                changes.merge(at, 1L, Long::sum);
                changes.merge(Math.max(at, ends(call, connected)), -1L, Long::sum);
            });
        }
        long up = 0;
        for (var change : changes.entrySet()) {
            up += change.getValue();
            change.setValue(up);
        }
        return changes;
    }

    /** A connected call ends when one side hangs up. */
    private double ends(CallStory call, boolean connected) {
        double over = run.over(call);
        return connected
                ? call.done(Verb.BYE).map(bye -> Math.min(over, bye.began())).orElse(over)
                : over;
    }

    private void calls(Scale y) {
        plot.values(y, y.counts(), n -> String.format(Locale.ROOT, "%.0f", n), "calls up");
        svg.path(area(steps(false), y), "placed");
        svg.path(area(steps(true), y), "connected");
    }

    private String area(SortedMap<Double, Long> steps, Scale y) {
        var path = new StringBuilder(String.format(Locale.ROOT, "M%.1f %.1f", TimePlot.LEFT, y.start()));
        steps.forEach((at, up) -> path.append(String.format(Locale.ROOT, "H%.1fV%.1f", plot.x.at(at), y.at(up))));
        return path.append(String.format(Locale.ROOT, "H%.1fV%.1fz", TimePlot.RIGHT, y.start()))
                .toString();
    }

    private void wrong(double y) {
        svg.line(TimePlot.LEFT, y + LANE / 2, TimePlot.RIGHT, y + LANE / 2, "grid");
        svg.text(TimePlot.LEFT - 6, y + 4, "tick", Anchor.END, "went wrong");
        var labels = new Labels(svg);
        var bad = run.calls().stream().filter(call -> wrong(call).isPresent()).toList();
        for (CallStory call : bad) {
            double at = plot.x.at(wentWrong(call));
            svg.mark(
                    call.established() ? Mark.CROSS : Mark.DOWN,
                    at,
                    y,
                    5,
                    "bad",
                    wrong(call).orElse(""));
            labels.mark(at, y);
        }
        bad.forEach(call -> labels.label(plot.x.at(wentWrong(call)), y, Long.toString(call.id())));
    }

    private static Optional<String> wrong(CallStory call) {
        Optional<String> stuck = call.over().map(Entry.Over::stuck).filter(where -> !where.isEmpty());
        if (stuck.isPresent()) {
            return Optional.of(call.name() + " goes on: " + stuck.get());
        }
        if (call.lost()) {
            return Optional.of(call.name() + " was lost");
        }
        return call.established() ? Optional.empty() : Optional.of(call.name() + " was not connected");
    }

    private double wentWrong(CallStory call) {
        return !call.established()
                ? call.placed().at()
                : call.broken().map(Entry.Operation::at).orElse(run.over(call));
    }

    private List<String> nodes() {
        Set<String> names = new LinkedHashSet<>(run.begin().nodes());
        run.history().stream(Entry.NodeProcess.class).forEach(one -> names.add(one.node()));
        return List.copyOf(names);
    }

    private void node(String node, double y) {
        svg.text(TimePlot.LEFT - 6, y + 4, "tick", Anchor.END, Html.brief(node, 11));
        var events = run.history().stream(Entry.NodeProcess.class)
                .filter(one -> one.node().equals(node))
                .toList();
        boolean alive = events.isEmpty() || !events.getFirst().event().equals("started");
        double since = 0;
        var marks = new ArrayList<Entry.NodeProcess>();
        for (Entry.NodeProcess one : events) {
            if (alive) {
                alive(node, since, one.at(), y);
            }
            alive = one.event().equals("started");
            since = one.at();
            marks.add(one);
        }
        if (alive) {
            alive(node, since, run.end(), y);
        }
        for (Entry.NodeProcess one : marks) {
            Mark mark = one.event().equals("started") ? Mark.UP : Mark.CROSS;
            svg.mark(
                    mark,
                    plot.x.at(one.at()),
                    y,
                    5,
                    "event",
                    node + " " + one.event() + " at " + Html.seconds(one.at()));
        }
        run.history().stream(Entry.Woken.class)
                .filter(one -> one.node().equals(node))
                .forEach(one -> svg.mark(
                        Mark.DIAMOND,
                        plot.x.at(one.at()),
                        y,
                        4.5,
                        "event",
                        node + " came back at " + Html.seconds(one.at())));
    }

    private void alive(String node, double from, double to, double y) {
        svg.rect(plot.x.at(from), y - 4, plot.x.at(to) - plot.x.at(from), 8, "alive", node + " runs");
    }
}
