package org.sempervox.chaos.report;

import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import org.sempervox.chaos.report.Svg.Mark;
import org.sempervox.chaos.verdict.CallStory;

/** How long each caller waited for the ringing. */
final class RingingPlot {
    private static final double TOP = 20;
    private static final double BOTTOM = 240;

    private RingingPlot() {}

    static String html(Run run) {
        double allowed = run.begin().expect().newCallMs();
        double slowest = run.calls().stream()
                .map(Run::ringing)
                .flatMapToDouble(OptionalDouble::stream)
                .max()
                .orElse(0);
        var plot = new TimePlot(run);
        var y = new Scale(Math.max(Math.max(200, allowed), slowest) * 1.1, BOTTOM, TOP + 24, true);
        plot.faults(TOP, BOTTOM);
        plot.numbers(TOP - 6);
        plot.time(TOP, BOTTOM);
        plot.values(y, y.milliseconds(), TimePlot::milliseconds, "INVITE to ringing");
        if (allowed >= 0) {
            plot.limit(y, allowed);
        }
        dots(plot, y, run.calls(), allowed);
        return plot.svg.drawing(TimePlot.WIDTH, BOTTOM + 38, "Time to ringing of each call, by when it was placed")
                + legend(run);
    }

    private static void dots(TimePlot plot, Scale y, List<CallStory> calls, double allowed) {
        var labels = new Labels(plot.svg);
        for (CallStory call : calls) {
            OptionalDouble delay = Run.ringing(call);
            boolean bad = bad(call, allowed);
            String what = delay.isPresent()
                    ? String.format(Locale.ROOT, "%s: ringing after %.0f ms", call.name(), delay.getAsDouble())
                    : call.name() + ": no ringing";
            double atX = plot.x.at(call.placed().at());
            Mark mark = delay.isPresent() ? Mark.CIRCLE : Mark.DOWN;
            plot.svg.mark(mark, atX, height(y, call), bad ? 5 : 3.2, bad ? "bad" : "one", what);
            if (bad) {
                labels.mark(atX, height(y, call));
            }
        }
        calls.stream()
                .filter(call -> bad(call, allowed))
                .forEach(call -> labels.label(plot.x.at(call.placed().at()), height(y, call), "call " + call.id()));
    }

    private static boolean bad(CallStory call, double allowed) {
        OptionalDouble delay = Run.ringing(call);
        return delay.isEmpty() || allowed >= 0 && delay.getAsDouble() > allowed;
    }

    /** Calls that never rang stand above all others. */
    private static double height(Scale y, CallStory call) {
        OptionalDouble delay = Run.ringing(call);
        return delay.isPresent() ? y.at(delay.getAsDouble()) : TOP + 9;
    }

    private static String legend(Run run) {
        var legend = new Legend().mark(Mark.CIRCLE, "one", "a call, by when it was placed");
        if (run.begin().expect().newCallMs() >= 0) {
            legend.mark(Mark.CIRCLE, "bad", "later than allowed (with the number of the call)");
        }
        return legend.mark(Mark.DOWN, "bad", "the caller heard no ringing")
                .faults(run)
                .html();
    }
}
