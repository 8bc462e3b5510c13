package org.sempervox.cluster.core;

import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.sempervox.cluster.node.AddressOwnership;
import org.sempervox.cluster.node.LocalActors;
import org.sempervox.cluster.node.NodeContext;
import org.sempervox.core.call.CallCommand;
import org.sempervox.core.call.CallEntity;
import org.sempervox.core.call.LiveCalls;

/**
 * Brings a CANCEL or an ACK to a call only if it lives, so that a stranger never wakes an entity (S11): directly if the call runs here, else
 * every other member is told and the one that runs it passes it on. Members that do not serve count: shards move to a node that is starting
 * before it serves, and stay on one that drains. What comes while the call is being taken over is lost; its sender repeats it.
 */
final class CallFinder {
    private static final String NAME = "call-finder";

    private final AddressOwnership ownership;

    private final LiveCalls live;

    private CallFinder(AddressOwnership ownership, LiveCalls live) {
        this.ownership = ownership;
        this.live = live;
    }

    /** For one call, on whichever node runs it. */
    public record Find(String call, CallCommand command) {}

    static CallFinder start(NodeContext node, LiveCalls live) {
        var _ = node.parts().need(LocalActors.class).spawn(behavior(live), NAME);
        return new CallFinder(node.ownership(), live);
    }

    void find(String call, CallCommand command) {
        var here = live.find(call);
        if (here.isPresent()) {
            here.get().tell(new CallEntity.Do(command));
            return;
        }
        for (String name : ownership.members()) {
            ownership.actor(name, NAME, Find.class).ifPresent(finder -> finder.tell(new Find(call, command)));
        }
    }

    private static Behavior<Find> behavior(LiveCalls live) {
        return Behaviors.receiveMessage(find -> {
            live.find(find.call()).ifPresent(call -> call.tell(new CallEntity.Do(find.command())));
            return Behaviors.same();
        });
    }
}
