package org.sempervox.chaos.failover;

import java.util.Collection;
import java.util.List;

/** The rows of the failover matrix that a call between two phones can be in. */
final class Rows {
    /** Audio gaps and the time without answers are measured here. */
    static final Row TALKING = new TalkingRow("5", "talking");

    /** Placed while nobody has taken over yet. */
    static final Row NEW = new PlacedRow("new", "placed 0.1-2.5 s after the fault", 100, 2500);

    static final Row FORKED = new ForkedRow("3", "two phones ring, early media");

    static final List<Row> ALL = List.of(
            new PlacedRow("1", "INVITE sent 0-50 ms before", -50, 0),
            new RingingRow("2", "ringing", -1),
            FORKED,
            new RingingRow("4", "callee answers 0-300 ms after", 300),
            TALKING,
            new EndedByCalleeRow("6", "BYE of the callee right after"),
            new HeldRow("7", "held, by either side", 0),
            new HeldRow("8", "re-INVITE 0-20 ms before", 20),
            new PlacedRow("20", "registered idle, called after", 4000, 5000),
            NEW);

    private Rows() {}

    /** Those of the matrix with these numbers, and always the calls that are placed during the fault. */
    static List<Row> of(Collection<String> ids) {
        return ALL.stream()
                .filter(row -> row.equals(NEW) || ids.contains(row.id()))
                .toList();
    }
}
