package org.sempervox.sip.edge;

/** Whether new calls are taken now; if not, a caller gets 503 with Retry-After. Thread-safe, never blocks. */
@FunctionalInterface
public interface Readiness {
    boolean takesCalls();
}
