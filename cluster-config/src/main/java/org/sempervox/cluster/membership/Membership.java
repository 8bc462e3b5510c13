package org.sempervox.cluster.membership;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.apache.pekko.actor.AbstractExtensionId;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.ClassicActorSystemProvider;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.Extension;
import org.apache.pekko.cluster.Cluster;
import org.sempervox.cluster.address.Claims;
import org.sempervox.core.fence.OutputFence;

/** What one node knows of the members: who they are, what they say of themselves, who is certainly dead, and whether it may speak. */
public final class Membership implements Extension {
    private static final Id ID = new Id();

    private final Liveness liveness;
    private final Set<Long> dead = ConcurrentHashMap.newKeySet();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final Claims claims;
    private volatile Members members;

    private Membership(ExtendedActorSystem system) {
        Cluster cluster = Cluster.get(system);
        long self = cluster.selfUniqueAddress().longUid();
        var address = cluster.selfAddress();
        Consumer<String> halt = system.settings()
                .setup()
                .get(HaltSetup.class)
                .<Consumer<String>>map(s -> s::halt)
                .orElse(HaltSetup::haltProcess);
        this.members = new Members(self, List.of());
        this.liveness = new Liveness(address.getHost().get(), address.getPort().get(), self, halt);
        this.claims = new MemberClaims(liveness, () -> members, dead::contains);
        liveness.onReadiness(this::changed);
    }

    public static Membership get(ClassicActorSystemProvider system) {
        return ID.get(system);
    }

    public OutputFence fence() {
        return liveness.fence();
    }

    /** Milliseconds for which this node may still speak without a further confirmation; negative when it is silent. */
    public long leaseMs() {
        return liveness.fence().leaseMs();
    }

    public Members members() {
        return members;
    }

    /**
     * The members, and beside them those that this node has given up without the word of a majority yet: they may still speak, and nobody
     * may succeed them (S21). Those that are certainly dead are among them until a majority agrees.
     */
    Members speaking() {
        Members now = members;
        var all = new ArrayList<>(now.all());
        for (Peer voter : liveness.fence().voters().all()) {
            Optional<Peer> seen = now.of(voter.uid());
            if (seen.isEmpty() || seen.get().down()) {
                all.removeIf(peer -> peer.uid() == voter.uid());
                all.add(voter);
            }
        }
        return new Members(now.self(), all);
    }

    public Readiness readiness(long uid) {
        return liveness.readiness(uid);
    }

    public void announce(Readiness readiness) {
        liveness.announce(readiness);
    }

    /** What the members tell each other of the addresses on their devices. */
    public Claims claims() {
        return claims;
    }

    /** From now on the loss of the majority is expected: the node leaves by itself. */
    public void retire() {
        liveness.fence().retire();
    }

    /** Whether a majority has seen that incarnation die. */
    public boolean certainlyDead(long uid) {
        return dead.contains(uid);
    }

    /** Told after each change of members, readiness or deaths; on any thread, must be quick. */
    public void subscribe(Runnable listener) {
        listeners.add(listener);
    }

    /** As if the process had ended; for tests of several nodes in one process. */
    public void abort() {
        liveness.abort();
    }

    Liveness liveness() {
        return liveness;
    }

    void members(Members now) {
        members = now;
        liveness.members(now);
        Members voters = liveness.fence().voters();
        dead.removeIf(uid -> now.of(uid).isEmpty() && voters.of(uid).isEmpty());
        changed();
    }

    void provedDead(long uid) {
        if (dead.add(uid)) {
            liveness.fence().dead(uid);
            changed();
        }
    }

    private void changed() {
        listeners.forEach(Runnable::run);
    }

    private static final class Id extends AbstractExtensionId<Membership> {
        @Override
        public Membership createExtension(ExtendedActorSystem system) {
            return new Membership(system);
        }

        @Override
        public Membership get(ActorSystem system) {
            return super.get(system);
        }
    }
}
