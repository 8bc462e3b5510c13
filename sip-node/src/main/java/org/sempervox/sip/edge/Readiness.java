package org.sempervox.sip.edge;

/** What a node can do now. Thread-safe, never blocks. */
public interface Readiness {
    /** Whether new calls are taken now; if not, a caller gets 503 with Retry-After. */
    boolean takesCalls();

    /** Whether what happens can be stored (S28); if not, a caller gets 503, a request inside a dialog 500, both with Retry-After. */
    boolean stores();
}
