package org.sempervox.chaos.failover;

import java.util.Collection;
import org.sempervox.chaos.client.Percentiles;

/**
 * Milliseconds, nearest rank; what never came is missing in {@code calls} as against {@code of}.
 *
 * @param of how many there should be
 */
public record Figures(int of, int calls, double p50, double p99, double max) {
    static Figures of(int expected, Collection<Double> values) {
        Percentiles all = Percentiles.of(values);
        return new Figures(expected, values.size(), all.rank(50), all.rank(99), all.max());
    }

    boolean complete() {
        return of == calls;
    }

    @Override
    public String toString() {
        return of == 0 ? "" : "%d of %d, p50 %.0f  p99 %.0f  max %.0f ms".formatted(calls, of, p50, p99, max);
    }
}
