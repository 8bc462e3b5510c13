package org.sempervox.core.extension;

import java.time.Instant;
import org.sempervox.core.sip.Flow;

/**
 * What every node knows of a binding (S25).
 *
 * @param q 0–1
 * @param validUntil the stored bound (S26), later than the phone's own expiry, so that refreshes need no replication
 */
public record PublishedBinding(String uri, double q, Instant since, Instant validUntil, Flow flow) {}
