package org.sempervox.cluster.membership;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * When those are given up that have to go ({@link PartialPartition}). Each node sees broken links come and go at its own moments, and two that
 * gave up different members at once would leave too few: so a node says whom it would give up once that has stood for half a second, and
 * acts when a majority that stays says the same. The first of them by address acts at once, the others if nothing has happened half a
 * second later. Pure, not thread-safe; all times in nanoseconds of one monotonic clock.
 */
final class Expulsion {
    /** A node says that it would give nobody up. */
    static final long NOBODY = 0;

    static final long STABLE = TimeUnit.MILLISECONDS.toNanos(500);
    static final long SECOND = TimeUnit.MILLISECONDS.toNanos(500);
    /** Ballots are repeated every 100 ms. */
    static final long FRESH = TimeUnit.MILLISECONDS.toNanos(500);

    private record Ballot(long code, long at) {}

    private final long self;
    private final Map<Long, Ballot> ballots = new HashMap<>();
    private final Set<Long> mute = new HashSet<>();
    private Set<Long> verdict = Set.of();
    private long since;
    private long agreedSince;
    private boolean agreed;

    Expulsion(long self) {
        this.self = self;
    }

    /** Whom this node would give up as it sees things now. */
    void sees(Set<Long> expelled, long now) {
        if (!verdict.equals(expelled)) {
            verdict = Set.copyOf(expelled);
            since = now;
            agreed = false;
        }
    }

    /** What this node says to the others: {@link #NOBODY}, or a number that is the same for the same incarnations only. */
    long ballot(long now) {
        return verdict.isEmpty() || now - since < STABLE ? NOBODY : code(verdict);
    }

    void heard(long uid, long code, long now) {
        ballots.put(uid, new Ballot(code, now));
    }

    /** That peer never says whom it would give up (0.1.0): it is taken to agree. */
    void mute(long uid) {
        mute.add(uid);
    }

    /** It is no member any more. */
    void forget(long uid) {
        ballots.remove(uid);
        mute.remove(uid);
    }

    /** Whom this node has to give up now; whoever is among them gives up nobody. */
    Set<Long> due(Members voters, long now) {
        long own = ballot(now);
        if (own == NOBODY || verdict.contains(self)) {
            return Set.of();
        }
        List<Long> agreeing = voters.counted().stream()
                .map(Peer::uid)
                .filter(uid -> !verdict.contains(uid) && (uid == self || says(uid, own, now)))
                .toList();
        if (!voters.keeps(agreeing::contains)) {
            agreed = false;
            return Set.of();
        }
        if (!agreed) {
            agreed = true;
            agreedSince = now;
        }
        boolean first = agreeing.getFirst() == self;
        return first || now - agreedSince >= SECOND ? verdict : Set.of();
    }

    private boolean says(long uid, long code, long now) {
        Ballot ballot = ballots.get(uid);
        return ballot == null ? mute.contains(uid) : ballot.code() == code && now - ballot.at() < FRESH;
    }

    private static long code(Set<Long> uids) {
        long mixed = Members.mixed(uids);
        return mixed == NOBODY ? 1 : mixed;
    }
}
