package org.sempervox.cluster.store;

import java.time.Instant;

/**
 * One event of one history.
 *
 * @param id persistence id, {@code Type|entity}
 * @param sequence from 1 on, without gaps
 * @param writer the incarnation of the entity that stored it
 * @param at when it was handed to the store, in milliseconds
 */
public record StoredEvent(String id, long sequence, String writer, Content content, Instant at) {
    /** Whether that is this event again, stored by the same writer. */
    public boolean sameAs(StoredEvent other) {
        return id.equals(other.id)
                && sequence == other.sequence
                && writer.equals(other.writer)
                && content.equals(other.content);
    }
}
