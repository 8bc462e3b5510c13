package org.sempervox.cluster.membership;

import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongPredicate;
import org.sempervox.cluster.address.Claims;

/** Claims travel with the heartbeats. Members that are down or certainly dead have lost theirs: their fence, or their guard, saw to it. */
final class MemberClaims implements Claims {
    /**
     * A member that has become silent does not hold the others up: what it claimed last stands until it is down. One that was never heard
     * may have anything.
     */
    private static final long PATIENCE = TimeUnit.MILLISECONDS.toNanos(50);

    private static final Set<String> OWNERS = Set.of("sip", "media");

    private final Liveness liveness;
    private final java.util.function.Supplier<Members> members;
    private final LongPredicate dead;
    private volatile long claimedAt;

    MemberClaims(Liveness liveness, java.util.function.Supplier<Members> members, LongPredicate dead) {
        this.liveness = liveness;
        this.members = members;
        this.dead = dead;
    }

    @Override
    public void claim(long hosts) {
        claimedAt = liveness.claim(hosts);
    }

    @Override
    public long elsewhere() {
        long claimed = 0;
        for (Peer peer : members.get().others()) {
            if (mayHave(peer)) {
                claimed |= liveness.said(peer.uid()).claims();
            }
        }
        return claimed;
    }

    @Override
    public boolean answered() {
        long since = claimedAt;
        boolean patient = liveness.now() - since <= PATIENCE;
        for (Peer peer : members.get().others()) {
            long answered = liveness.answeredAt(peer.uid());
            if (mayHave(peer) && answered < since && (patient || answered == Liveness.NEVER)) {
                return false;
            }
        }
        return true;
    }

    private boolean mayHave(Peer peer) {
        return peer.roles().containsAll(OWNERS) && !dead.test(peer.uid()) && !liveness.isGone(peer.uid());
    }
}
