package org.sempervox.chaos.verdict;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sempervox.chaos.history.Entry;
import org.sempervox.chaos.history.History;

/**
 * A fault from the blow to the time at which its effects can no longer be felt.
 *
 * @param number from 1 on, in the order of the history
 * @param heal the first end of the same fault on the same targets; empty if it has none, as a kill
 */
public record FaultSpan(int number, Entry.Fault blow, Optional<Entry.Fault> heal) {
    /** After the end, or after a blow that has none: as long as a take-over, the return of the node and what follows may take. */
    public static final double AFTERMATH_MS = 10_000;

    private static final String INJECT = "inject";

    /** Those of a history, in its order. An end without a beginning counts as a fault of its own. */
    public static List<FaultSpan> of(History history) {
        var all = new ArrayList<FaultSpan>();
        for (Entry.Fault fault : history.of(Entry.Fault.class)) {
            int open = fault.phase().equals(INJECT) ? -1 : opened(all, fault);
            if (open < 0) {
                all.add(new FaultSpan(all.size() + 1, fault, Optional.empty()));
            } else {
                FaultSpan span = all.get(open);
                all.set(open, new FaultSpan(span.number(), span.blow(), Optional.of(fault)));
            }
        }
        return all;
    }

    private static int opened(List<FaultSpan> all, Entry.Fault heal) {
        for (int i = 0; i < all.size(); i++) {
            FaultSpan span = all.get(i);
            Entry.Fault blow = span.blow();
            if (span.heal().isEmpty()
                    && blow.phase().equals(INJECT)
                    && blow.id().equals(heal.id())
                    && blow.targets().equals(heal.targets())) {
                return i;
            }
        }
        return -1;
    }

    /** Whether one was under way, or its effects could still be felt. */
    public static boolean underWay(List<FaultSpan> spans, double at) {
        return spans.stream().anyMatch(span -> span.covers(at));
    }

    public boolean covers(double at) {
        return at >= from() && at <= to();
    }

    /** Milliseconds, as all times of a history. */
    public double from() {
        return blow.began();
    }

    /** When it was healed; of one without an end, when the blow was complete. */
    public double healed() {
        return heal.orElse(blow).at();
    }

    public double to() {
        return healed() + AFTERMATH_MS;
    }
}
