package org.sempervox.cluster.store;

import java.time.Instant;

/**
 * The state of an entity after an event.
 *
 * @param sequence the last event in it
 * @param at when it was taken, in milliseconds
 */
public record StoredSnapshot(String id, long sequence, Instant at, Content content) {}
