package org.sempervox.cluster.node;

import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorRef;
import org.sempervox.core.address.AddressPlan;

/**
 * Who serves which service address now (S16), as this node sees it. Changes when a node is ready to serve, drains, is proved dead or is
 * removed. Thread-safe, never blocks.
 */
public interface AddressOwnership {
    AddressPlan plan();

    /** Name of this node. */
    String self();

    /** Names of the nodes that serve now. */
    Set<String> serving();

    /** Name of the node that serves an address; empty if none does. */
    default Optional<String> owner(int service) {
        return plan().owner(service, serving());
    }

    /**
     * The actor of that name ({@code /user/<name>}) on the node that serves an address; empty if none does. Building the reference
     * needs no look-up; local if the node is this one.
     */
    <T> Optional<ActorRef<T>> ownerActor(int service, String name, Class<T> protocol);

    /** The actor of that name on a node; empty if the node is not (any more) a member. */
    <T> Optional<ActorRef<T>> actor(String node, String name, Class<T> protocol);

    /** Called with the new set of serving nodes after each change, and once at once; from one thread at a time; must not block. */
    void subscribe(Consumer<Set<String>> listener);

    /**
     * Like {@link #subscribe}, for who sends from the addresses: told after all who serve them, so that what is sent then finds them bound on
     * this node.
     */
    default void subscribeUser(Consumer<Set<String>> listener) {
        subscribe(listener);
    }
}
