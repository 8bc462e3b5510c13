package org.sempervox.cluster.store;

import java.util.HashSet;
import java.util.List;

/** A history that cannot have been written by one writer at a time; nothing must be built on it. */
public final class BrokenHistory extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private BrokenHistory(String id, long sequence, String what) {
        super(id + ": event " + sequence + " " + what);
    }

    /**
     * Refuses gaps and writers that come back after another one has written.
     *
     * @param events of one id in order
     * @param next the first event that must not be missing if there is any later one
     */
    public static void refuse(List<StoredEvent> events, long next) {
        if (events.isEmpty()) {
            return;
        }
        StoredEvent before = events.getFirst();
        if (before.sequence() > next) {
            throw new BrokenHistory(before.id(), next, "is missing, " + before.sequence() + " is there");
        }
        var replaced = new HashSet<String>();
        for (StoredEvent event : events.subList(1, events.size())) {
            if (event.sequence() != before.sequence() + 1) {
                throw new BrokenHistory(
                        event.id(), before.sequence() + 1, "is missing, " + event.sequence() + " is there");
            }
            if (!event.writer().equals(before.writer())) {
                replaced.add(before.writer());
                if (replaced.contains(event.writer())) {
                    throw new BrokenHistory(
                            event.id(), event.sequence(), "is by " + event.writer() + ", which had been replaced");
                }
            }
            before = event;
        }
    }
}
