package org.sempervox.cluster.core;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.receptionist.Receptionist;
import org.apache.pekko.actor.typed.receptionist.ServiceKey;
import org.sempervox.cluster.store.StoreHealth;

/**
 * Whether the store answers the nodes that host calls, as they tell one that hosts none (S28). It answers as long as one of them says so: the
 * others are then taken over or come back. Nodes that say nothing for longer than {@link #SILENCE} count as if they said no.
 */
final class SharedHealth implements StoreHealth {
    static final Duration INTERVAL = Duration.ofSeconds(1);

    private static final Duration SILENCE = Duration.ofSeconds(3);
    private static final ServiceKey<Word> SERVICE = ServiceKey.create(Word.class, "store-health");

    private final LongSupplier nanos;
    private final Map<String, Heard> last = new ConcurrentHashMap<>();
    private final CompletableFuture<Void> first = new CompletableFuture<>();

    /** What a node that hosts calls says, every {@link #INTERVAL}. */
    record Word(String node, boolean answers) {}

    private record Heard(long at, boolean answers) {}

    /** {@code nanos}: a clock like {@link System#nanoTime}. */
    SharedHealth(LongSupplier nanos) {
        this.nanos = nanos;
    }

    @Override
    public boolean answers() {
        long now = nanos.getAsLong();
        return last.values().stream().anyMatch(heard -> heard.answers && now - heard.at < SILENCE.toNanos());
    }

    /** Completes when any node has said anything. */
    CompletionStage<Void> first() {
        return first.copy();
    }

    void hear(Word word) {
        last.put(word.node(), new Heard(nanos.getAsLong(), word.answers()));
        first.complete(null);
    }

    /** For the node that is told. */
    Behavior<Word> listening() {
        return Behaviors.setup(context -> {
            context.getSystem().receptionist().tell(Receptionist.register(SERVICE, context.getSelf()));
            return Behaviors.receiveMessage(word -> {
                hear(word);
                return Behaviors.same();
            });
        });
    }

    private sealed interface Telling {}

    private record Listeners(Set<ActorRef<Word>> all) implements Telling {}

    private record Now() implements Telling {}

    /** For a node that hosts calls. {@code own}: as it sees the store itself; false also when it must be silent. */
    static Behavior<?> telling(String node, StoreHealth own) {
        return Behaviors.<Telling>setup(context -> Behaviors.withTimers(timers -> {
            context.getSystem()
                    .receptionist()
                    .tell(Receptionist.subscribe(
                            SERVICE,
                            context.messageAdapter(
                                    Receptionist.Listing.class,
                                    listing -> new Listeners(listing.getServiceInstances(SERVICE)))));
            timers.startTimerWithFixedDelay(new Now(), INTERVAL);
            return telling(node, own, Set.of());
        }));
    }

    private static Behavior<Telling> telling(String node, StoreHealth own, Set<ActorRef<Word>> listeners) {
        return Behaviors.receiveMessage(message -> switch (message) {
            case Listeners(Set<ActorRef<Word>> all) -> telling(node, own, all);
            case Now() -> {
                var word = new Word(node, own.answers());
                listeners.forEach(listener -> listener.tell(word));
                yield Behaviors.same();
            }
        });
    }
}
