package org.sempervox.cluster.membership;

import java.util.HashMap;
import java.util.Map;

/**
 * How far this node's wall clock is from the others' (S27). What peers say comes with each heartbeat; the way it took is within the
 * tolerance. Not thread-safe.
 */
final class ClockSkew {
    /** More is wrong. */
    static final long MOST_MS = 2_000;

    /** What the members together say of this node's clock. */
    enum Verdict {
        AGREES,
        /** A majority of the members is somewhere else. */
        DIFFERS,
        UNKNOWN
    }

    private final Map<Long, Long> offBy = new HashMap<>();

    /** That peer's clock and this one's at the same moment, both in milliseconds since 1970. */
    void heard(long uid, long peer, long own) {
        offBy.put(uid, own - peer);
    }

    /** This node's clock has jumped: what was heard before says nothing any more. */
    void forget() {
        offBy.clear();
    }

    /** Without a majority either way nobody knows; of two, whose clocks nobody can compare with a third, the lower address is right. */
    Verdict judge(Members members) {
        offBy.keySet().removeIf(uid -> members.of(uid).isEmpty());
        if (members.majority(uid -> uid != members.self() && off(uid))) {
            return Verdict.DIFFERS;
        }
        if (members.keeps(uid -> uid == members.self() || offBy.containsKey(uid) && !off(uid))) {
            return Verdict.AGREES;
        }
        return Verdict.UNKNOWN;
    }

    private boolean off(long uid) {
        return Math.abs(offBy.getOrDefault(uid, 0L)) > MOST_MS;
    }

    /** For the log: each peer's distance in milliseconds. */
    @Override
    public String toString() {
        return offBy.toString();
    }
}
