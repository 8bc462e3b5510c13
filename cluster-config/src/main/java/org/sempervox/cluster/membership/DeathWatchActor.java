package org.sempervox.cluster.membership;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.pekko.actor.AbstractActorWithTimers;
import org.apache.pekko.actor.ActorIdentity;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.Identify;
import org.apache.pekko.actor.Props;
import org.apache.pekko.cluster.Cluster;
import org.apache.pekko.cluster.ClusterEvent;
import org.apache.pekko.cluster.ClusterEvent.CurrentClusterState;
import org.apache.pekko.cluster.ClusterEvent.MemberDowned;
import org.apache.pekko.cluster.ClusterEvent.MemberEvent;
import org.apache.pekko.cluster.ClusterEvent.MemberRemoved;
import org.apache.pekko.cluster.Member;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.UniqueAddress;
import org.apache.pekko.remote.RemoteActorRefProvider;
import org.sempervox.cluster.node.NodeSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.Option;

/** Collects what was seen of dying members and acts on it; parent of the one that gives up those who do not reach one another. */
final class DeathWatchActor extends AbstractActorWithTimers {
    private static final Logger LOG = LoggerFactory.getLogger(DeathWatchActor.class);
    private static final Duration SECOND_VOTER = Duration.ofMillis(500);
    private static final Duration VOTE_EVERY = Duration.ofMillis(100);
    private static final Duration KICK_EVERY = Duration.ofMillis(10);
    private static final int KICKS = 40;
    private static final String KICK = "kick";

    /** Every local sharding coordinator. */
    private static final String COORDINATORS = "/system/sharding/*Coordinator/singleton/coordinator";

    private sealed interface Message {
        record Died(Peer peer, String proof) implements Message {}

        record Voted(long voter, long dead) implements Message {}

        record VoteAgain(long dead) implements Message {}

        record StillThere(long dead) implements Message {}

        record Kick(int left) implements Message {}
    }

    private final Cluster cluster = Cluster.get(getContext().getSystem());
    private final long self = cluster.selfUniqueAddress().longUid();
    private final Membership membership = Membership.get(getContext().getSystem());
    private final Departed departed = Departed.get(getContext().getSystem());
    private final DeathVotes votes = new DeathVotes();
    private final Map<UniqueAddress, Member> members = new HashMap<>();

    @Override
    public void preStart() {
        ActorRef resolver = getContext()
                .actorOf(Props.create(ResolverActor.class, () -> new ResolverActor(membership)), "resolver");
        ActorRef me = getSelf();
        membership.liveness().start(new Liveness.Events() {
            @Override
            public void died(Peer peer, String proof) {
                me.tell(new Message.Died(peer, proof), ActorRef.noSender());
            }

            @Override
            public void voted(long voter, long dead) {
                me.tell(new Message.Voted(voter, dead), ActorRef.noSender());
            }

            @Override
            public void balloted(long voter, long code) {
                resolver.tell(new ResolverActor.Balloted(voter, code), ActorRef.noSender());
            }

            @Override
            public void withoutBallots(long voter) {
                resolver.tell(new ResolverActor.WithoutBallots(voter), ActorRef.noSender());
            }
        });
        cluster.subscribe(getSelf(), ClusterEvent.initialStateAsSnapshot(), MemberEvent.class);
    }

    @Override
    public Receive createReceive() {
        return receiveBuilder()
                .match(CurrentClusterState.class, this::snapshot)
                .match(MemberEvent.class, this::changed)
                .match(Message.Died.class, this::died)
                .match(Message.Voted.class, vote -> {
                    votes.vote(vote.voter(), vote.dead());
                    judge(vote.dead());
                })
                .match(Message.VoteAgain.class, again -> voteFor(again.dead()))
                .match(Message.StillThere.class, late -> act(late.dead()))
                .match(Message.Kick.class, this::kick)
                .match(
                        ActorIdentity.class,
                        coordinator -> coordinator
                                .getActorRef()
                                .ifPresent(ref -> ref.tell(PekkoInternals.coordinatorInitialized(), getSelf())))
                .build();
    }

    private void snapshot(CurrentClusterState state) {
        state.getMembers().forEach(m -> members.put(m.uniqueAddress(), m));
        publish();
    }

    private void changed(MemberEvent event) {
        Member member = event.member();
        long uid = member.uniqueAddress().longUid();
        if (event instanceof MemberRemoved removed) {
            members.remove(member.uniqueAddress());
            votes.forget(uid);
            getTimers().cancel(voting(uid));
            // a node that shuts down reports everybody as removed: only who was down before is really gone
            if (removed.previousStatus().equals(MemberStatus.down())) {
                departed.add(uid);
                membership.liveness().gone(uid);
            } else if (removed.previousStatus().equals(MemberStatus.exiting())) {
                departed.add(uid);
                membership.liveness().fence().left(uid);
            }
            getTimers().startSingleTimer(KICK, new Message.Kick(KICKS), KICK_EVERY);
        } else {
            members.put(member.uniqueAddress(), member);
        }
        if (event instanceof MemberDowned) {
            membership.liveness().gone(uid);
        }
        publish();
        if (uid == self && (event instanceof MemberDowned || event instanceof MemberRemoved)) {
            membership.liveness().fence().removed("this node is " + member.status());
        }
    }

    private void publish() {
        membership.members(new Members(
                self, members.values().stream().map(DeathWatchActor::peer).toList()));
    }

    private void died(Message.Died seen) {
        long dead = seen.peer().uid();
        getTimers().startTimerWithFixedDelay(voting(dead), new Message.VoteAgain(dead), VOTE_EVERY);
        voteFor(dead);
    }

    /** Again and again until it is removed: a connection that broke just then must not cost the vote. */
    private void voteFor(long dead) {
        votes.vote(self, dead);
        membership.liveness().vote(dead);
        judge(dead);
    }

    private static String voting(long dead) {
        return "vote-" + dead;
    }

    private void judge(long dead) {
        DeathVotes.Verdict verdict = votes.verdict(dead, membership.members());
        if (verdict == DeathVotes.Verdict.OPEN) {
            return;
        }
        membership.provedDead(dead);
        if (verdict == DeathVotes.Verdict.ACT) {
            act(dead);
        } else if (!getTimers().isTimerActive(dead)) {
            getTimers().startSingleTimer(dead, new Message.StillThere(dead), SECOND_VOTER);
        }
    }

    /**
     * Quarantine, then down: the leader removes only members that are down <em>and</em> unreachable or terminated, and down alone would
     * wait for the failure detector.
     */
    private void act(long dead) {
        for (Member member : members.values()) {
            UniqueAddress address = member.uniqueAddress();
            if (address.longUid() == dead && !member.status().equals(MemberStatus.down()) && !cluster.isTerminated()) {
                LOG.info("down {}: a majority saw it die", address.address());
                var system = (ExtendedActorSystem) getContext().getSystem();
                ((RemoteActorRefProvider) system.provider())
                        .quarantine(address.address(), Option.apply((Object) dead), "certainly dead");
                cluster.down(address.address());
            }
        }
    }

    /** Skips a hard-coded wait of 500 ms in a coordinator that has just started here; without one here it goes nowhere. */
    private void kick(Message.Kick kick) {
        getContext().actorSelection(COORDINATORS).tell(new Identify(KICK), getSelf());
        if (kick.left() > 1) {
            getTimers().startSingleTimer(KICK, new Message.Kick(kick.left() - 1), KICK_EVERY);
        }
    }

    static Peer peer(Member member) {
        var address = member.address();
        String name = address.getHost().get() + ":" + address.getPort().get();
        for (String role : member.getRoles()) {
            if (role.startsWith(NodeSettings.NAME_ROLE)) {
                name = role.substring(NodeSettings.NAME_ROLE.length());
            }
        }
        MemberStatus status = member.status();
        boolean up = status.equals(MemberStatus.up());
        boolean counted = up
                || status.equals(MemberStatus.leaving())
                || status.equals(MemberStatus.exiting())
                || status.equals(MemberStatus.down());
        return new Peer(
                name,
                member.uniqueAddress().longUid(),
                address.getHost().get(),
                address.getPort().get(),
                member.getRoles(),
                counted,
                up,
                status.equals(MemberStatus.down()));
    }
}
