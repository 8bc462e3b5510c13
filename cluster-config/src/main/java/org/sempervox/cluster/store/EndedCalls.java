package org.sempervox.cluster.store;

import java.time.Instant;
import java.util.Optional;

/**
 * Calls that have ended and whose events are still in the journal.
 *
 * @param oldestEnd when the first of them ended; empty if there is none
 */
public record EndedCalls(long count, Optional<Instant> oldestEnd) {}
