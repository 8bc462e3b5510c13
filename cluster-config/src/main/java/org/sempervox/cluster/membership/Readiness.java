package org.sempervox.cluster.membership;

/** What a node says of itself. */
public enum Readiness {
    STARTING(0),
    READY(1),
    DRAINING(2);

    private final long code;

    Readiness(long code) {
        this.code = code;
    }

    /** As sent to peers; never reused for something else. */
    long code() {
        return code;
    }

    /** A code of a newer release, or one with bits that this one does not know, counts as not ready. */
    static Readiness of(long code) {
        return code == READY.code ? READY : code == DRAINING.code ? DRAINING : STARTING;
    }
}
