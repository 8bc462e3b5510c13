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
 * Brings what nobody authenticated (a CANCEL, S10) to a call only if it lives: every serving node is told, the one that runs the call
 * passes it on, so a stranger never wakes an entity (S11). What comes while the call is being taken over is lost; its sender repeats it.
 */
final class CallFinder {
    private static final String NAME = "call-finder";

    private final AddressOwnership ownership;

    private CallFinder(AddressOwnership ownership) {
        this.ownership = ownership;
    }

    /** For one call, on whichever node runs it. */
    public record Find(String call, CallCommand command) {}

    static CallFinder start(NodeContext node, LiveCalls live) {
        var _ = node.parts().need(LocalActors.class).spawn(behavior(live), NAME);
        return new CallFinder(node.ownership());
    }

    void find(String call, CallCommand command) {
        for (String name : ownership.serving()) {
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
