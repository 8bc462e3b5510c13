package org.sempervox.cluster.journal;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.actor.BootstrapSetup;
import org.apache.pekko.actor.setup.ActorSystemSetup;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.sempervox.cluster.store.History;
import org.sempervox.cluster.store.SnapshotRange;
import org.sempervox.cluster.store.Store;
import org.sempervox.cluster.store.StoredEvent;

/** Entities over a store: what {@link EventJournal} and {@link JournalSnapshots} promise whatever the store is. */
public abstract class JournalContract {
    private static final Config CONFIG = ConfigFactory.parseString("""
                    pekko.loglevel = ERROR
                    pekko.actor.provider = local
                    """)
            .withFallback(ConfigFactory.parseResources("sempervox.conf"))
            .withFallback(ConfigFactory.defaultReferenceUnresolved())
            .resolve();

    protected final String id = UUID.randomUUID().toString();
    private final List<ActorSystem<Void>> systems = new ArrayList<>();

    /** A store as a node opens it; closed with the node. */
    protected abstract Store open() throws Exception;

    @AfterEach
    void end() {
        systems.forEach(system -> ActorTestKit.shutdown(system, Duration.ofSeconds(20)));
    }

    /** S22: the older of two live copies stores nothing more and brings nothing more about. */
    @Test
    void theOlderOfTwoLiveCopiesIsSilenced() throws Exception {
        ActorSystem<Void> old = system();
        ActorSystem<Void> fresh = system();
        TestProbe<String> oldEffects = TestProbe.create(old);
        TestProbe<String> freshEffects = TestProbe.create(fresh);
        ActorRef<String> first = call(old, oldEffects);
        oldEffects.expectMessage("recovered []");
        first.tell("1");
        oldEffects.expectMessage("stored [1]");

        ActorRef<String> second = call(fresh, freshEffects);
        freshEffects.expectMessage("recovered [1]");
        second.tell("2");
        freshEffects.expectMessage("stored [1, 2]");

        first.tell("late");
        oldEffects.expectMessage("recovered [1, 2]");
        List<StoredEvent> events = events();
        assertThat(events).extracting(StoredEvent::sequence).containsExactly(1L, 2L);
        assertThat(events.get(0).writer()).isNotEqualTo(events.get(1).writer());
    }

    @Test
    void aRecoveryAsksTheStoreOnce() throws Exception {
        var reads = new AtomicInteger();
        ActorSystem<Void> system = system(counting(open(), reads));
        TestProbe<String> effects = TestProbe.create(system);
        ActorRef<String> call = call(system, effects);
        effects.expectMessage("recovered []");
        List.of("1", "2", "3").forEach(call::tell);
        effects.expectMessage("stored [1]");
        effects.expectMessage("stored [1, 2]");
        effects.expectMessage("stored [1, 2, 3]");
        reads.set(0);
        call(system, effects);
        effects.expectMessage("recovered [1, 2, 3]");
        assertThat(reads).hasValue(1);
    }

    @Test
    void aBrokenHistoryIsNotBuiltOn() throws Exception {
        ActorSystem<Void> system = system();
        TestProbe<String> effects = TestProbe.create(system);
        ActorRef<String> call = call(system, effects);
        effects.expectMessage("recovered []");
        call.tell("1");
        effects.expectMessage("stored [1]");
        StoredEvent event = events().getFirst();
        append(new StoredEvent(event.id(), 3, "b", event.content(), event.at()));
        call(system, effects);
        effects.expectNoMessage(Duration.ofMillis(300));
        append(new StoredEvent(event.id(), 2, "b", event.content(), event.at()));
        effects.expectMessage("recovered [1, 1, 1]");
    }

    @Test
    void snapshotsReplaceOlderEvents() throws Exception {
        ActorSystem<Void> system = system();
        TestProbe<String> effects = TestProbe.create(system);
        var entity = system.<String>systemActorOf(Note.longLived("Note|" + id, effects.ref()), "note", props());
        effects.expectMessage("recovered []");
        var all = new ArrayList<String>();
        for (int i = 1; i <= 13; i++) {
            entity.tell(Integer.toString(i));
            all.add(Integer.toString(i));
            effects.expectMessage("stored " + all);
        }
        Store store = NodeStore.of(system);
        effects.awaitAssert(Duration.ofSeconds(20), () -> {
            assertThat(await(store.read(History.ENTITIES, "Note|" + id, 1))
                            .getFirst()
                            .sequence())
                    .isEqualTo(7);
            assertThat(await(store.snapshot("Note|" + id, SnapshotRange.upTo(5))))
                    .isEmpty();
            return true;
        });
        assertThat(await(store.snapshot("Note|" + id, SnapshotRange.upTo(Long.MAX_VALUE)))
                        .orElseThrow()
                        .sequence())
                .isEqualTo(12);
        system.systemActorOf(Note.longLived("Note|" + id, effects.ref()), "again", props());
        effects.expectMessage("recovered " + all);
        assertThat(await(store.entities("Note"))).contains(id);
    }

    protected final ActorSystem<Void> system() throws Exception {
        return system(open());
    }

    protected final ActorSystem<Void> system(Store store) {
        ActorSystem<Void> system = ActorSystem.create(
                Behaviors.<Void>empty(),
                "journal",
                ActorSystemSetup.create(BootstrapSetup.create(CONFIG), new StoreSetup(() -> store)));
        systems.add(system);
        return system;
    }

    protected final ActorRef<String> call(ActorSystem<Void> system, TestProbe<String> effects) {
        return system.systemActorOf(Note.call(Store.CALL + id, effects.ref()), "call-" + UUID.randomUUID(), props());
    }

    protected final List<StoredEvent> events() throws Exception {
        return await(NodeStore.of(systems.getFirst()).read(History.CALLS, Store.CALL + id, 1));
    }

    private void append(StoredEvent event) throws Exception {
        await(NodeStore.of(systems.getFirst()).append(History.CALLS, List.of(event)));
    }

    private static org.apache.pekko.actor.typed.Props props() {
        return org.apache.pekko.actor.typed.Props.empty();
    }

    private static <T> T await(java.util.concurrent.CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    private static Store counting(Store store, AtomicInteger reads) {
        return (Store) Proxy.newProxyInstance(
                Store.class.getClassLoader(), new Class<?>[] {Store.class}, (_, method, arguments) -> {
                    if (method.getName().equals("read")) {
                        reads.incrementAndGet();
                    }
                    try {
                        return method.invoke(store, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
