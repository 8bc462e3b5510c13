package org.sempervox.cluster.membership;

import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Who has to go when some members do not reach one another, so that all who stay do (docs/decisions/0017). A function of what all of them
 * know: who is asked does not matter.
 *
 * <p>The member with the most broken links to others goes first, until none is broken: of a clean partition that is the smaller part, of a
 * node that stands still it is that node, and of two that have lost each other only it is one. Of equals the one goes that has nothing to do
 * with calls, then the one with the higher address. Who has not come up yet is no reason for anybody else to go.
 */
final class PartialPartition {
    private static final Set<String> WORK = Set.of("core", "sip", "media");

    private final Members members;
    private final Set<BrokenLink> broken;

    /** {@code broken} may name whoever is down or no member: that is passed over. */
    PartialPartition(Members members, Set<BrokenLink> broken) {
        this.members = members;
        this.broken = broken;
    }

    /** Those who have to go; none if whoever would stay had no majority of {@code voters}: then the fences decide (S21). */
    Set<Long> expelled(Members voters) {
        for (boolean sparing : List.of(true, false)) {
            Set<Long> gone = thinned(sparing);
            if (voters.keeps(uid -> stands(uid) && !gone.contains(uid))) {
                return gone;
            }
        }
        return Set.of();
    }

    /** {@code sparing}: of equals, those with calls stay. A half that stays has to have the lowest address, calls or not. */
    private Set<Long> thinned(boolean sparing) {
        var gone = new TreeSet<Long>();
        var left = new HashSet<>(broken);
        left.removeIf(link -> !stands(link.one()) || !stands(link.other()));
        while (!left.isEmpty()) {
            long worst = members.all().stream()
                    .filter(peer -> left.stream().anyMatch(link -> link.touches(peer.uid())))
                    .max(Comparator.<Peer>comparingLong(peer -> left.stream()
                                    .filter(link -> counts(link, peer))
                                    .count())
                            .thenComparing(peer -> !peer.counted())
                            .thenComparing(peer -> sparing && Collections.disjoint(peer.roles(), WORK))
                            .thenComparing(Comparator.naturalOrder()))
                    .orElseThrow()
                    .uid();
            gone.add(worst);
            left.removeIf(link -> link.touches(worst));
        }
        return gone;
    }

    /** What leads to one that has not come up yet weighs against nobody. */
    private boolean counts(BrokenLink link, Peer peer) {
        return link.touches(peer.uid()) && counted(link.one()) && counted(link.other());
    }

    private boolean stands(long uid) {
        return members.of(uid).filter(peer -> !peer.down()).isPresent();
    }

    private boolean counted(long uid) {
        return members.of(uid).filter(Peer::counted).isPresent();
    }
}
