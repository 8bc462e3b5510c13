package org.sempervox.chaos.rtp;

/** Counts durations in steps of a microsecond up to 100 ms; allocates nothing after its making. Not thread-safe. */
final class Histogram {
    private static final int STEPS = 100_000;

    private final long[] counts = new long[STEPS + 1];
    private long all;
    private long most;

    void add(long nanos) {
        long value = Math.max(0, nanos);
        counts[(int) Math.min(STEPS, value / 1000)]++;
        all++;
        most = Math.max(most, value);
    }

    /** Microseconds that this share (0 to 1) does not exceed; the last step is a floor. */
    double micros(double share) {
        long wanted = Math.max(1, (long) Math.ceil(all * share));
        long seen = 0;
        for (int i = 0; i <= STEPS; i++) {
            seen += counts[i];
            if (seen >= wanted) {
                return i + 1;
            }
        }
        return 0;
    }

    double mostMicros() {
        return most / 1000.0;
    }
}
