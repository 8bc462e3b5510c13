package org.sempervox.chaos.verdict;

import java.util.Collection;

/** Nearest rank; zero of nothing. */
record Percentiles(double[] sorted) {
    static Percentiles of(Collection<Double> values) {
        return new Percentiles(
                values.stream().mapToDouble(Double::doubleValue).sorted().toArray());
    }

    double rank(int percent) {
        return sorted.length == 0 ? 0 : sorted[Math.max(0, (sorted.length * percent + 99) / 100 - 1)];
    }

    double max() {
        return rank(100);
    }
}
