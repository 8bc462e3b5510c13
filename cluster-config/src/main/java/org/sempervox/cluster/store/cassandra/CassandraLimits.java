package org.sempervox.cluster.store.cassandra;

import java.time.Duration;

/**
 * How long and how much waits for Cassandra, and how long it keeps what leaves by itself.
 *
 * @param patience what is asked is tried again until then; less than the journal's call-timeout
 * @param attempt longest wait for one answer; a coordinator that is frozen costs as much
 * @param waiting requests that may be under way at the same time
 * @param lifetime of a call's events; a call that lasts longer cannot be taken over any more
 */
public record CassandraLimits(Duration patience, Duration attempt, int waiting, Duration lifetime) {
    public static final CassandraLimits STANDARD =
            new CassandraLimits(Duration.ofSeconds(14), Duration.ofSeconds(2), 10_000, Duration.ofDays(7));
}
