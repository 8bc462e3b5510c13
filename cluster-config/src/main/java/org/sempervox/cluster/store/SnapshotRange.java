package org.sempervox.cluster.store;

import java.time.Instant;

/** Snapshots of one entity; all bounds are included and count in milliseconds. */
public record SnapshotRange(long fromSequence, long toSequence, Instant from, Instant to) {
    public static SnapshotRange upTo(long sequence) {
        return new SnapshotRange(0, sequence, Instant.EPOCH, Instant.ofEpochMilli(Long.MAX_VALUE));
    }

    public boolean contains(long sequence, Instant at) {
        return fromSequence <= sequence && sequence <= toSequence && !at.isBefore(from) && !at.isAfter(to);
    }
}
