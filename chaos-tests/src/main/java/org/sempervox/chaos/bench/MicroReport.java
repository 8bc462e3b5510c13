package org.sempervox.chaos.bench;

import java.util.List;

/** What {@code bench micro} has measured; units are in the names. */
record MicroReport(Conditions conditions, List<Row> rows) {
    MicroReport {
        rows = List.copyOf(rows);
    }

    /**
     * One function.
     *
     * @param nsError half of the 99.9 % interval of the mean; not a number with fewer than two iterations
     * @param bytesPerOp allocated on the heap
     */
    record Row(String function, double nsPerOp, double nsError, double bytesPerOp) {}
}
