package org.sempervox.chaos.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Rows that were measured one after another, which takes minutes each: when one cannot be measured, those before it are kept.
 *
 * @param failure what became of the next one; empty if there are all
 */
record Rows<R>(List<R> rows, String failure) {
    Rows {
        rows = List.copyOf(rows);
    }

    /** Measures one. */
    interface Trial<R> {
        R run(int index) throws IOException, InterruptedException;
    }

    /** Throws what the first row throws: nothing has been measured then. */
    static <R> Rows<R> measure(int count, Trial<R> trial) throws IOException, InterruptedException {
        var rows = new ArrayList<R>();
        for (int i = 0; i < count; i++) {
            try {
                rows.add(trial.run(i));
            } catch (IOException e) {
                if (rows.isEmpty()) {
                    throw e;
                }
                return new Rows<>(
                        rows, "row %d of %d could not be measured: %s".formatted(i + 1, count, e.getMessage()));
            }
        }
        return new Rows<>(rows, "");
    }

    boolean complete() {
        return failure.isEmpty();
    }

    /** Whether all are there and each is good. */
    boolean all(Predicate<R> good) {
        return complete() && rows.stream().allMatch(good);
    }

    /** {@code bad}: what is said of rows that are there and not good. */
    String verdict(boolean good, String bad) {
        return complete() ? good ? "ok" : bad : failure;
    }
}
