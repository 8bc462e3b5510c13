package org.sempervox.cluster.store.h2;

import java.time.Duration;

/**
 * How long and how much waits for the database. A refused or silent database is tried again until {@code patience} is over, so that what
 * is asked fails at the latest after patience and silence together; that must be less than the journal's call-timeout.
 *
 * @param patience from the time something is asked
 * @param silence longest wait for one answer of the database
 * @param waiting events, or other requests, that may wait at the same time
 */
public record H2Limits(Duration patience, Duration silence, int waiting) {
    public static final H2Limits STANDARD = new H2Limits(Duration.ofSeconds(12), Duration.ofSeconds(5), 10_000);
}
