package org.sempervox.core.call;

import java.time.Instant;

/** The store did not answer a node in this time (S28): what happened in it was stored, and said, only afterwards. */
public record Outage(Instant from, Instant until) {}
