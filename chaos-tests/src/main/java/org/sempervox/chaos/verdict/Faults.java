package org.sempervox.chaos.verdict;

import org.sempervox.chaos.history.Entry;
import org.sempervox.chaos.history.History;

/** When faults were under way. */
final class Faults {
    /** After a blow without an end: as long as a take-over, the return of the node and what follows may take. */
    private static final double AFTERMATH_MS = 10_000;

    private Faults() {}

    /** Whether a fault had begun and its effects could still be felt. */
    static boolean underWay(History history, double at) {
        return history.stream(Entry.Fault.class)
                .anyMatch(fault -> at >= fault.began() && at <= fault.at() + AFTERMATH_MS);
    }
}
