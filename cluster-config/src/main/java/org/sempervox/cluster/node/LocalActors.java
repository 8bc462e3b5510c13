package org.sempervox.cluster.node;

import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;

/** Starts actors as {@code /user/<name>}, where {@link AddressOwnership} finds them from other nodes. Offered in the node's parts. */
public interface LocalActors {
    <T> ActorRef<T> spawn(Behavior<T> behavior, String name);
}
