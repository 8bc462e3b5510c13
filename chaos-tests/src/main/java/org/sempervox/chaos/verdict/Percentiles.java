package org.sempervox.chaos.verdict;

import java.util.Collection;
import java.util.List;

/** Nearest rank; zero of nothing. */
record Percentiles(List<Double> sorted) {
    static Percentiles of(Collection<Double> values) {
        return new Percentiles(values.stream().sorted().toList());
    }

    double rank(int percent) {
        return sorted.isEmpty() ? 0 : sorted.get(Math.max(0, (sorted.size() * percent + 99) / 100 - 1));
    }

    double max() {
        return rank(100);
    }
}
