package org.sempervox.chaos.report;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.sempervox.chaos.history.Entry.Silence;
import org.sempervox.chaos.history.Side;
import org.sempervox.chaos.report.Svg.Anchor;
import org.sempervox.chaos.report.Svg.Mark;

/** Every silence that somebody could notice: when, how long, at whose end. */
final class SilencePlot {
    private static final int MOST = 3000;
    private static final double TOP = 20;
    private static final double BOTTOM = 240;

    private SilencePlot() {}

    static String html(Run run) {
        List<Run.Heard> all = run.silences()
                .sorted(Comparator.comparingDouble(
                                (Run.Heard one) -> one.silence().ms())
                        .reversed())
                .toList();
        double allowed = run.begin().expect().gapMs();
        double most = Math.max(
                Math.max(200, allowed),
                all.isEmpty() ? 0 : all.getFirst().silence().ms());
        var plot = new TimePlot(run);
        var y = new Scale(most * 1.1, BOTTOM, TOP, true);
        plot.faults(TOP, BOTTOM);
        plot.numbers(TOP - 6);
        plot.time(TOP, BOTTOM);
        plot.values(y, y.milliseconds(), TimePlot::milliseconds, "length of the silence");
        if (allowed >= 0) {
            plot.limit(y, allowed);
        }
        List<Run.Heard> drawn = all.stream().limit(MOST).toList();
        var labels = new Labels(plot.svg);
        drawn.reversed().forEach(one -> dot(plot, y, one, allowed, labels));
        drawn.stream()
                .filter(one -> tooLong(one, allowed))
                .forEach(one -> labels.label(
                        plot.x.at(one.silence().from()),
                        y.at(one.silence().ms()),
                        "call " + one.call().id()));
        if (all.isEmpty()) {
            plot.svg.text(
                    (TimePlot.LEFT + TimePlot.RIGHT) / 2, 130, "axis", Anchor.MIDDLE, "no silence of 60 ms or more");
        }
        String rest = all.size() > MOST
                ? "<p class=\"small\">The longest " + MOST + " of " + all.size() + " are drawn.</p>\n"
                : "";
        return plot.svg.drawing(TimePlot.WIDTH, BOTTOM + 38, "Silences over the time of the run") + legend(run) + rest;
    }

    private static void dot(TimePlot plot, Scale y, Run.Heard one, double allowed, Labels labels) {
        Silence silence = one.silence();
        boolean bad = tooLong(one, allowed);
        double atX = plot.x.at(silence.from());
        double atY = y.at(silence.ms());
        String title = String.format(
                Locale.ROOT,
                "%s: the %s heard nothing for %.0f ms from %.1f s on%s",
                one.call().name(),
                one.listener().name().toLowerCase(Locale.ROOT),
                silence.ms(),
                silence.from() / 1000,
                silence.open() ? ", to the end" : "");
        Mark mark = silence.open() ? Mark.UP : one.listener() == Side.CALLER ? Mark.CIRCLE : Mark.DIAMOND;
        plot.svg.mark(
                mark, atX, atY, bad ? 5 : 3.2, bad ? "bad" : one.listener() == Side.CALLER ? "one" : "two", title);
        if (bad) {
            labels.mark(atX, atY);
        }
    }

    private static boolean tooLong(Run.Heard one, double allowed) {
        return allowed >= 0 && one.silence().ms() > allowed;
    }

    private static String legend(Run run) {
        var legend = new Legend()
                .mark(Mark.CIRCLE, "one", "the caller heard nothing")
                .mark(Mark.DIAMOND, "two", "the callee heard nothing")
                .mark(Mark.UP, "two", "it did not end while the call was up");
        if (run.begin().expect().gapMs() >= 0) {
            legend.mark(Mark.CIRCLE, "bad", "longer than allowed (with the number of the call)");
        }
        return legend.faults(run).html();
    }
}
