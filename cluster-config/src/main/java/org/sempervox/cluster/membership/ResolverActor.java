package org.sempervox.cluster.membership;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.pekko.actor.AbstractActorWithTimers;
import org.apache.pekko.cluster.Cluster;
import org.apache.pekko.cluster.ClusterEvent;
import org.apache.pekko.cluster.ClusterEvent.MemberEvent;
import org.apache.pekko.cluster.ClusterEvent.MemberRemoved;
import org.apache.pekko.cluster.ClusterEvent.ReachabilityChanged;
import org.apache.pekko.cluster.Member;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.remote.artery.ThisActorSystemQuarantinedEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives up members so that all that stay reach one another (docs/decisions/0017): the rules are in {@link PartialPartition} and {@link
 * Expulsion}, here is what the cluster tells, and its order to act.
 */
final class ResolverActor extends AbstractActorWithTimers {
    private static final Logger LOG = LoggerFactory.getLogger(ResolverActor.class);
    private static final Duration TICK_EVERY = Duration.ofMillis(20);
    private static final String TICK = "tick";

    /** A member said whom it would give up. */
    record Balloted(long voter, long code) {}

    /** A member's version does not say it. */
    record WithoutBallots(long voter) {}

    private final Cluster cluster = Cluster.get(getContext().getSystem());
    private final long self = cluster.selfUniqueAddress().longUid();
    private final Membership membership;
    private final Expulsion expulsion = new Expulsion(self);
    private final Map<Long, Member> members = new HashMap<>();
    private final Set<Long> told = new HashSet<>();
    private Set<BrokenLink> broken = Set.of();
    private Set<Long> expelled = Set.of();

    ResolverActor(Membership membership) {
        this.membership = membership;
    }

    @Override
    public void preStart() {
        cluster.subscribe(
                getSelf(), ClusterEvent.initialStateAsEvents(), MemberEvent.class, PekkoInternals.REACHABILITY);
        getContext().getSystem().eventStream().subscribe(getSelf(), PekkoInternals.QUARANTINED);
    }

    @Override
    public void postStop() {
        cluster.unsubscribe(getSelf());
        getContext().getSystem().eventStream().unsubscribe(getSelf());
    }

    @Override
    public Receive createReceive() {
        return receiveBuilder()
                .match(MemberEvent.class, this::changed)
                .match(PekkoInternals.REACHABILITY, this::reachability)
                .match(Balloted.class, ballot -> {
                    expulsion.heard(ballot.voter(), ballot.code(), System.nanoTime());
                    act();
                })
                .match(WithoutBallots.class, one -> expulsion.mute(one.voter()))
                .match(PekkoInternals.QUARANTINED, this::quarantined)
                .matchEquals(TICK, _ -> look())
                .build();
    }

    private void changed(MemberEvent event) {
        long uid = event.member().uniqueAddress().longUid();
        if (event instanceof MemberRemoved) {
            members.remove(uid);
            expulsion.forget(uid);
            told.remove(uid);
        } else {
            members.put(uid, event.member());
        }
        look();
    }

    private void reachability(ReachabilityChanged event) {
        broken = PekkoInternals.broken(event);
        look();
    }

    /** The voters may have changed without an event of the cluster, so it is looked at again while any link is broken. */
    private void look() {
        Set<Long> before = expelled;
        expelled = partition().expelled(voters());
        if (!expelled.equals(before)) {
            if (expelled.isEmpty()) {
                LOG.info("nobody has to go now");
            } else {
                LOG.info("{} may have to go: {}", names(expelled), links());
            }
            membership.liveness().suspect(expelled);
        }
        expulsion.sees(expelled, System.nanoTime());
        if (broken.isEmpty()) {
            getTimers().cancel(TICK);
        } else if (!getTimers().isTimerActive(TICK)) {
            getTimers().startTimerWithFixedDelay(TICK, TICK, TICK_EVERY);
        }
        act();
    }

    private void act() {
        long now = System.nanoTime();
        membership.liveness().ballot(expulsion.ballot(now));
        for (long uid : expulsion.due(voters(), now)) {
            Member member = members.get(uid);
            if (member != null && !member.status().equals(MemberStatus.down()) && !cluster.isTerminated()) {
                if (told.add(uid)) {
                    LOG.warn("down {}: not all reach one another, and a majority goes on without it", name(uid));
                }
                cluster.down(member.address());
            }
        }
    }

    /** Who is on its way out in order, and has only to be removed, is in nobody's way. */
    private PartialPartition partition() {
        return new PartialPartition(
                new Members(
                        self,
                        members.values().stream()
                                .filter(member -> !member.status().equals(MemberStatus.exiting()))
                                .map(DeathWatchActor::peer)
                                .toList()),
                broken);
    }

    private Members voters() {
        return membership.liveness().fence().voters();
    }

    /** Nothing of what this node says is taken there any more, and only a new incarnation changes that. */
    private void quarantined(ThisActorSystemQuarantinedEvent event) {
        if (members.containsKey(PekkoInternals.quarantinedBy(event))) {
            LOG.warn("down this node: {} has put it into quarantine", name(PekkoInternals.quarantinedBy(event)));
            cluster.down(cluster.selfAddress());
        }
    }

    private String links() {
        return broken.stream()
                .map(link -> name(link.one()) + "-" + name(link.other()))
                .sorted()
                .collect(Collectors.joining(", ", "no answer on ", ""));
    }

    private String names(Set<Long> uids) {
        return uids.stream().map(this::name).sorted().collect(Collectors.joining(", "));
    }

    private String name(long uid) {
        Member member = members.get(uid);
        return member == null ? "#" + uid : DeathWatchActor.peer(member).name();
    }
}
