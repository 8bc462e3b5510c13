package org.sempervox.cluster.core;

import java.util.Optional;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.Member;
import org.apache.pekko.cluster.typed.Cluster;
import org.sempervox.cluster.node.LocalActors;
import org.sempervox.core.call.CallCommand;
import org.sempervox.core.call.CallEntity;

/**
 * Brings a CANCEL or an ACK to a call only if it lives, so that a stranger never wakes an entity (S11): directly if the call runs here, else
 * every member that runs calls is told and the one that runs it passes it on. Those are more than the nodes that serve: shards move to a node
 * before it serves, and stay on one that drains until they are handed over. What comes while the call is being taken over is lost; its sender
 * repeats it.
 */
final class CallFinder {
    private static final String NAME = "call-finder";

    private final Cluster cluster;
    private final ActorRefResolver resolver;
    private final Function<String, Optional<ActorRef<CallEntity.Message>>> here;

    private CallFinder(ActorSystem<?> system, Function<String, Optional<ActorRef<CallEntity.Message>>> here) {
        this.cluster = Cluster.get(system);
        this.resolver = ActorRefResolver.get(system);
        this.here = here;
    }

    /** For one call, on whichever node runs it. */
    public record Find(String call, CallCommand command) {}

    /** {@code here}: the entity of a call, if it runs on this node. */
    static CallFinder start(
            ActorSystem<?> system, LocalActors actors, Function<String, Optional<ActorRef<CallEntity.Message>>> here) {
        var _ = actors.spawn(behavior(here), NAME);
        return new CallFinder(system, here);
    }

    void find(String call, CallCommand command) {
        var found = here.apply(call);
        if (found.isPresent()) {
            found.get().tell(new CallEntity.Do(command));
            return;
        }
        for (Member member : cluster.state().getMembers()) {
            if (member.hasRole("core") && !member.equals(cluster.selfMember())) {
                resolver.<Find>resolveActorRef(member.address() + "/user/" + NAME)
                        .tell(new Find(call, command));
            }
        }
    }

    private static Behavior<Find> behavior(Function<String, Optional<ActorRef<CallEntity.Message>>> here) {
        return Behaviors.receiveMessage(find -> {
            here.apply(find.call()).ifPresent(call -> call.tell(new CallEntity.Do(find.command())));
            return Behaviors.same();
        });
    }
}
