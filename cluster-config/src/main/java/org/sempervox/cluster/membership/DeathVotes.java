package org.sempervox.cluster.membership;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Who has seen whom die, and what follows for this node. The dead one counts in the majority; a node acts only on what it has seen
 * itself. The first voter by address acts at once, the others only if nothing has happened after half a second: parallel downings make
 * conflicting gossip. Pure, not thread-safe.
 */
final class DeathVotes {
    enum Verdict {
        /** Not proved. */
        OPEN,
        /** Proved; another voter acts first. */
        PROVED,
        /** Proved, and this node acts. */
        ACT
    }

    private final Map<Long, Set<Long>> votersByDead = new HashMap<>();

    void vote(long voter, long dead) {
        votersByDead.computeIfAbsent(dead, _ -> new HashSet<>()).add(voter);
    }

    void forget(long dead) {
        votersByDead.remove(dead);
    }

    Verdict verdict(long dead, Members members) {
        Set<Long> voters = votersByDead.getOrDefault(dead, Set.of());
        if (!voters.contains(members.self())
                || members.of(dead).isEmpty()
                || !members.majority(uid -> uid != dead && voters.contains(uid))) {
            return Verdict.OPEN;
        }
        List<Long> order = members.counted().stream()
                .map(Peer::uid)
                .filter(uid -> uid != dead && voters.contains(uid))
                .toList();
        return order.getFirst() == members.self() ? Verdict.ACT : Verdict.PROVED;
    }
}
