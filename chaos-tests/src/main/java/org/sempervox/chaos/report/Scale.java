package org.sempervox.chaos.report;

import java.util.ArrayList;
import java.util.List;

/**
 * From values to pixels.
 *
 * @param most the value at {@code end}; zero is at {@code start}
 * @param root square root, which shows small and large values beside each other; else linear
 */
record Scale(double most, double start, double end, boolean root) {
    private static final List<Double> STEPS = List.of(
            1d, 2d, 5d, 10d, 20d, 30d, 60d, 120d, 300d, 600d, 1200d, 1800d, 3600d, 7200d, 21_600d, 43_200d, 86_400d);
    private static final List<Double> MILLISECONDS = List.of(
            0d, 20d, 50d, 100d, 200d, 500d, 1000d, 2000d, 5000d, 10_000d, 20_000d, 50_000d, 100_000d, 200_000d,
            500_000d);
    private static final double CLOSEST = 18;

    double at(double value) {
        double share = Math.clamp(value / most, 0, 1);
        return start + (end - start) * (root ? Math.sqrt(share) : share);
    }

    /** Round seconds, in milliseconds, at most about twelve. */
    static List<Double> seconds(double mostMs) {
        double step =
                STEPS.stream().filter(s -> mostMs / 1000 / s <= 12).findFirst().orElse(STEPS.getLast()) * 1000;
        var ticks = new ArrayList<Double>();
        for (double tick = 0; tick <= mostMs; tick += step) {
            ticks.add(tick);
        }
        return ticks;
    }

    /** Round milliseconds, none so close to another one that their labels touch. */
    List<Double> milliseconds() {
        return spread(MILLISECONDS);
    }

    /** Whole numbers. */
    List<Double> counts() {
        double step = List.of(1d, 2d, 5d, 10d, 20d, 50d, 100d, 200d, 500d, 1000d, 2000d, 5000d, 10_000d).stream()
                .filter(s -> most / s <= 5)
                .findFirst()
                .orElse(most);
        var ticks = new ArrayList<Double>();
        for (double tick = 0; tick <= most; tick += step) {
            ticks.add(tick);
        }
        return ticks;
    }

    private List<Double> spread(List<Double> round) {
        var ticks = new ArrayList<Double>();
        for (double tick : round) {
            boolean free = ticks.isEmpty() || Math.abs(at(tick) - at(ticks.getLast())) >= CLOSEST;
            if (tick <= most && free) {
                ticks.add(tick);
            }
        }
        return ticks;
    }
}
