package org.sempervox.cluster.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sempervox.cluster.store.Store;
import org.sempervox.cluster.store.cassandra.CassandraLimits;
import org.sempervox.cluster.store.cassandra.CassandraServer;

@Tag("cluster")
class CassandraJournalIT extends JournalContract {
    @TempDir
    private static Path folder;

    private static CassandraServer server;

    @BeforeAll
    static void start() throws Exception {
        server = CassandraServer.start(folder, 1);
    }

    @AfterAll
    static void stop() throws Exception {
        if (server != null) {
            server.close();
        }
    }

    @Override
    protected Store open() throws Exception {
        return server.open("journal", CassandraLimits.STANDARD);
    }

    /** S28: an entity that waits in vain starts again, and takes up its work when the store is back. */
    @Test
    void anEntityIsBackSoonAfterTheStore() throws Exception {
        var limits = new CassandraLimits(Duration.ofSeconds(1), Duration.ofMillis(500), 100, Duration.ofDays(7));
        ActorSystem<Void> system = system(server.open("journal", limits));
        TestProbe<String> effects = TestProbe.create(system);
        ActorRef<String> call = call(system, effects);
        effects.expectMessage(Duration.ofSeconds(20), "recovered []");
        call.tell("1");
        effects.expectMessage(Duration.ofSeconds(10), "stored [1]");
        server.signal(0, "STOP");
        try {
            call.tell("2");
            effects.expectNoMessage(Duration.ofSeconds(3));
        } finally {
            server.signal(0, "CONT");
        }
        String recovered = effects.receiveMessage(Duration.ofSeconds(20));
        assertThat(recovered).isIn("recovered [1]", "recovered [1, 2]");
        call.tell("3");
        String last = effects.receiveMessage(Duration.ofSeconds(20));
        if (last.startsWith("recovered")) {
            call.tell("3");
            effects.expectMessage(Duration.ofSeconds(20), "stored [1, 2, 3]");
        }
    }
}
