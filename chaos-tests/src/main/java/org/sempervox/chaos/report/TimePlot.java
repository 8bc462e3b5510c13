package org.sempervox.chaos.report;

import java.util.List;
import java.util.Locale;
import java.util.function.DoubleFunction;
import org.sempervox.chaos.report.Svg.Anchor;
import org.sempervox.chaos.verdict.FaultSpan;

/** A drawing over the run's time: the axis, the faults behind it, and a value axis. */
final class TimePlot {
    static final double WIDTH = 960;
    static final double LEFT = 82;
    static final double RIGHT = 944;
    private static final double MINUTES_FROM_MS = 1_200_000;

    final Svg svg = new Svg();
    final Scale x;
    private final Run run;

    TimePlot(Run run) {
        this.run = run;
        this.x = new Scale(run.end(), LEFT, RIGHT, false);
    }

    /** Each fault until it was healed, and lighter the time after it that still counts as during. */
    void faults(double top, double bottom) {
        for (FaultSpan fault : run.faults()) {
            double from = x.at(fault.from());
            double healed = Math.max(x.at(fault.healed()), from + 2);
            svg.rect(healed, top, x.at(fault.to()) - healed, bottom - top, "after", "");
            svg.rect(from, top, healed - from, bottom - top, "band", FaultTable.words(fault));
            svg.line(from, top, from, bottom, "blow");
        }
    }

    /** The number of each fault above the drawing. */
    void numbers(double y) {
        double free = 0;
        for (FaultSpan fault : run.faults()) {
            double from = x.at(fault.from());
            if (from >= free) {
                svg.text(from, y, "fault", Anchor.START, FaultTable.number(fault));
                free = from + 26;
            }
        }
    }

    /** Seconds, or minutes of a long run. */
    void time(double top, double bottom) {
        boolean minutes = run.end() >= MINUTES_FROM_MS;
        for (double tick : Scale.seconds(run.end())) {
            svg.line(x.at(tick), top, x.at(tick), bottom, "grid");
            String label = String.format(Locale.ROOT, "%.0f", tick / (minutes ? 60_000 : 1000));
            svg.text(x.at(tick), bottom + 15, "tick", Anchor.MIDDLE, label);
        }
        svg.line(LEFT, bottom, RIGHT, bottom, "base");
        svg.text(
                (LEFT + RIGHT) / 2,
                bottom + 31,
                "axis",
                Anchor.MIDDLE,
                "time since the run began, in " + (minutes ? "minutes" : "seconds"));
    }

    void values(Scale y, List<Double> ticks, DoubleFunction<String> label, String title) {
        for (double tick : ticks) {
            svg.line(LEFT, y.at(tick), RIGHT, y.at(tick), "grid");
            svg.text(LEFT - 6, y.at(tick) + 4, "tick", Anchor.END, label.apply(tick));
        }
        svg.line(LEFT, y.start(), LEFT, y.end(), "base");
        svg.upright(14, (y.start() + y.end()) / 2, title);
    }

    void limit(Scale y, double value) {
        svg.line(LEFT, y.at(value), RIGHT, y.at(value), "limit");
        svg.text(RIGHT, y.at(value) - 5, "limit", Anchor.END, "allowed: " + Html.duration(value));
    }

    /** {@code 0}, {@code 250 ms}, {@code 2 s}. */
    static String milliseconds(double ms) {
        return ms == 0
                ? "0"
                : ms < 1000
                        ? String.format(Locale.ROOT, "%.0f ms", ms)
                        : String.format(Locale.ROOT, "%.0f s", ms / 1000);
    }
}
