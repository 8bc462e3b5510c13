package org.sempervox.cluster.membership;

/** Two members of whom one has no answer to its heartbeats from the other. Which of the two is to blame, nobody knows. */
record BrokenLink(long one, long other) {
    BrokenLink {
        if (one > other) {
            long greater = one;
            one = other;
            other = greater;
        }
    }

    boolean touches(long uid) {
        return one == uid || other == uid;
    }
}
