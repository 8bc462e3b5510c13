package org.sempervox.cluster.directory;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.receptionist.Receptionist;
import org.apache.pekko.actor.typed.receptionist.ServiceKey;
import org.apache.pekko.cluster.ddata.typed.javadsl.Replicator;
import org.apache.pekko.cluster.ddata.typed.javadsl.ReplicatorMessageAdapter;

/** Feeds this node's {@link LocalBindings}: at once from the writer, and from the replicated buckets whatever it missed. */
final class DirectoryActor {
    static final ServiceKey<DirectoryMessage.Learn> SERVICE =
            ServiceKey.create(DirectoryMessage.Learn.class, "directory");
    /** Subscriptions do not ask; the adapter wants to know all the same. */
    private static final Duration NOT_USED = Duration.ofSeconds(10);

    sealed interface Message {}

    private record BucketChanged(Replicator.SubscribeResponse<DirectoryBucket> response) implements Message {}

    private record PeersChanged(Receptionist.Listing listing) implements Message {}

    private DirectoryActor() {}

    /**
     * The behaviour; only it sends itself messages.
     *
     * @param peers told the directories of the other nodes that can be reached, whenever they change
     */
    static Behavior<Message> create(
            LocalBindings local,
            ActorRef<Replicator.Command> replicator,
            Consumer<Set<ActorRef<DirectoryMessage.Learn>>> peers) {
        return Behaviors.<Message>setup(context -> {
            var self = context.spawn(news(local), "news");
            var receptionist = context.getSystem().receptionist();
            receptionist.tell(Receptionist.register(SERVICE, self));
            receptionist.tell(Receptionist.subscribe(
                    SERVICE, context.messageAdapter(Receptionist.Listing.class, PeersChanged::new)));
            var buckets = new ReplicatorMessageAdapter<Message, DirectoryBucket>(context, replicator, NOT_USED);
            for (int i = 0; i < BucketKey.COUNT; i++) {
                buckets.subscribe(new BucketKey(i), BucketChanged::new);
            }
            return Behaviors.receiveMessage(message -> {
                switch (message) {
                    case BucketChanged(var response) -> learnAll(local, response);
                    case PeersChanged(var listing) -> {
                        var others = new HashSet<>(listing.getServiceInstances(SERVICE));
                        others.remove(self);
                        peers.accept(Set.copyOf(others));
                    }
                }
                return Behaviors.same();
            });
        });
    }

    /** An actor of its own: the receptionist cannot watch the same one as a service and as a subscriber. */
    private static Behavior<DirectoryMessage.Learn> news(LocalBindings local) {
        return Behaviors.receiveMessage(news -> {
            local.learn(news.extension(), news.entry());
            news.replyTo().tell(new DirectoryMessage.Learned());
            return Behaviors.same();
        });
    }

    private static void learnAll(LocalBindings local, Replicator.SubscribeResponse<DirectoryBucket> response) {
        if (response instanceof Replicator.Changed<DirectoryBucket> changed) {
            changed.get(changed.key()).entries().forEach(local::learn);
        }
    }
}
