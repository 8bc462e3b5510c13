package org.sempervox.cluster.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sempervox.cluster.settings.StoreSettings;
import org.sempervox.cluster.store.EmbeddedStore;
import org.sempervox.cluster.store.Store;
import org.sempervox.cluster.store.StoredEvent;
import org.sempervox.cluster.store.h2.H2Limits;
import org.sempervox.cluster.store.h2.H2Store;
import org.sempervox.cluster.store.h2.StallingProxy;

class H2JournalTest extends JournalContract {
    @TempDir
    private static Path folder;

    private static EmbeddedStore server;

    @BeforeAll
    static void start() throws Exception {
        server = EmbeddedStore.start(folder);
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    @Override
    protected Store open() {
        return new H2Store(server.settings(), H2Limits.STANDARD);
    }

    /** S28: an entity that waits in vain starts again, and takes up its work when the store is back. */
    @Test
    void anEntityIsBackSoonAfterTheStore() throws Exception {
        var limits = new H2Limits(Duration.ofMillis(600), Duration.ofMillis(300), 100);
        try (var proxy = new StallingProxy(server.settings().port())) {
            var through = new StoreSettings.Embedded(
                    "127.0.0.1", proxy.port(), server.settings().password());
            ActorSystem<Void> system = system(new H2Store(through, limits));
            TestProbe<String> effects = TestProbe.create(system);
            ActorRef<String> call = call(system, effects);
            effects.expectMessage(Duration.ofSeconds(20), "recovered []");
            call.tell("1");
            effects.expectMessage("stored [1]");
            proxy.stall();
            call.tell("2");
            effects.expectNoMessage(Duration.ofSeconds(2));
            proxy.resume();
            String recovered = effects.receiveMessage(Duration.ofSeconds(10));
            assertThat(recovered).isIn("recovered [1]", "recovered [1, 2]");
            call.tell("3");
            String last = effects.receiveMessage(Duration.ofSeconds(10));
            if (last.startsWith("recovered")) {
                call.tell("3");
                effects.expectMessage(Duration.ofSeconds(10), "stored [1, 2, 3]");
            }
            assertThat(events()).extracting(StoredEvent::sequence).startsWith(1L, 2L);
        }
    }
}
