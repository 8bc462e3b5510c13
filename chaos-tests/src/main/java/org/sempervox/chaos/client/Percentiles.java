package org.sempervox.chaos.client;

import java.util.Collection;
import java.util.List;

/** Nearest rank; zero of nothing. */
public record Percentiles(List<Double> sorted) {
    public static Percentiles of(Collection<Double> values) {
        return new Percentiles(values.stream().sorted().toList());
    }

    public double rank(int percent) {
        return sorted.isEmpty() ? 0 : sorted.get(Math.max(0, (sorted.size() * percent + 99) / 100 - 1));
    }

    public double max() {
        return rank(100);
    }
}
