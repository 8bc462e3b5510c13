package org.sempervox.cluster.core;

import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.ReceiveTimeout;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.ClusterEvent.CurrentClusterState;
import org.apache.pekko.cluster.ClusterEvent.MemberRemoved;
import org.apache.pekko.cluster.Member;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.UniqueAddress;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.GetCurrentState;
import org.apache.pekko.cluster.typed.Subscribe;

/**
 * Ends the waiting for a node that was removed when it was the last other one with role {@code core}. A write of the shards' homes or of
 * remembered calls is sent to the nodes of that moment only; the replicator does not look again when one of them is removed, so a write to a dying node
 * waits out its 5 s, and all placements behind it, those of the dead node's shards too. Here nobody is left who could answer: whatever waits
 * is told that its time is over, and the asker repeats it at once, now with this node alone. With more nodes nothing waits for long: the
 * replicator asks the next one after a fifth of the time.
 */
final class LoneReplica {
    private static final String WAITING = ShardingReplicator.PATH + "/*";

    private sealed interface Message {
        record Removed(Member member) implements Message {}

        record Left(CurrentClusterState state) implements Message {}
    }

    private LoneReplica() {}

    static Behavior<?> watching() {
        return Behaviors.<Message>setup(context -> {
            var cluster = Cluster.get(context.getSystem());
            UniqueAddress self = cluster.selfMember().uniqueAddress();
            var waiting = Adapter.toClassic(context).actorSelection(WAITING);
            var left = context.messageAdapter(CurrentClusterState.class, Message.Left::new);
            cluster.subscriptions()
                    .tell(Subscribe.create(
                            context.messageAdapter(MemberRemoved.class, event -> new Message.Removed(event.member())),
                            MemberRemoved.class));
            return Behaviors.receiveMessage(message -> {
                switch (message) {
                    case Message.Removed(var member) -> {
                        if (member.hasRole(ShardingReplicator.ROLE)) {
                            // The answer comes from the publisher of the event: by then the replicator has been told of
                            // it too and
                            // does not send the repetition to the removed node again.
                            cluster.subscriptions().tell(GetCurrentState.apply(left));
                        }
                    }
                    case Message.Left(var state) -> {
                        if (alone(self, state.getMembers())) {
                            waiting.tell(ReceiveTimeout.getInstance(), ActorRef.noSender());
                        }
                    }
                }
                return Behaviors.same();
            });
        });
    }

    /** Nodes that are joining have not been written to yet. */
    static boolean alone(UniqueAddress self, Iterable<Member> members) {
        for (Member member : members) {
            boolean joining = member.status().equals(MemberStatus.joining())
                    || member.status().equals(MemberStatus.weaklyUp());
            if (member.hasRole(ShardingReplicator.ROLE)
                    && !joining
                    && !member.uniqueAddress().equals(self)) {
                return false;
            }
        }
        return true;
    }
}
