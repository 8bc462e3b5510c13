package org.sempervox.chaos.failover;

import java.util.Collection;

/**
 * Milliseconds, nearest rank; what never came is missing in {@code calls} as against {@code of}.
 *
 * @param of how many there should be
 */
public record Figures(int of, int calls, double p50, double p99, double max) {
    static Figures of(int expected, Collection<Double> values) {
        double[] sorted =
                values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        return new Figures(expected, sorted.length, rank(sorted, 50), rank(sorted, 99), rank(sorted, 100));
    }

    private static double rank(double[] sorted, int percent) {
        return sorted.length == 0 ? 0 : sorted[Math.max(0, (sorted.length * percent + 99) / 100 - 1)];
    }

    boolean complete() {
        return of == calls;
    }

    @Override
    public String toString() {
        return of == 0 ? "" : "%d of %d, p50 %.0f  p99 %.0f  max %.0f ms".formatted(calls, of, p50, p99, max);
    }
}
