package org.sempervox.cluster.directory;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sempervox.core.routing.Destination;
import org.sempervox.core.sip.Flow;

/** S25 after a stop of all nodes: nothing is known until the extensions have been woken from the store. */
class WholeRestartTest {
    private static final String URL = "jdbc:h2:mem:whole-restart;DB_CLOSE_DELAY=-1";
    private static final String JOURNAL = """
            pekko.persistence.journal.plugin = "jdbc-journal"
            jdbc-journal.slick {
              profile = "slick.jdbc.H2Profile$"
              db { driver = "org.h2.Driver", url = "%s", numThreads = 2, maxConnections = 2, minConnections = 1 }
            }
            """.formatted(URL);

    @Test
    void bindingsComeBackFromTheStore() throws SQLException {
        try (var connection = DriverManager.getConnection(URL);
                var statement = connection.createStatement()) {
            statement.execute("runscript from 'classpath:schema/h2/h2-create-schema.sql'");
        }
        var flow = Flow.udp(1, "192.0.2.1", 5060);
        try (var nodes = Nodes.start(1, JOURNAL)) {
            for (String number : List.of("1000", "1001", "1002")) {
                assertThat(Nodes.register(nodes.get(0), number, "sip:" + number + "@192.0.2.1", 1, flow)
                                .status())
                        .isEqualTo(200);
            }
        }
        try (var nodes = Nodes.start(2, JOURNAL)) {
            var first = nodes.get(0);
            assertThat(first.directory().size()).isZero();
            ExtensionWaker.start(
                    first.system(),
                    new JournalExtensions(() -> DriverManager.getConnection(URL)),
                    first.directory(),
                    50);
            for (var node : nodes.all()) {
                Nodes.soon(
                        node,
                        () -> assertThat(node.directory().route("1002", Instant.now()))
                                .isInstanceOfSatisfying(
                                        Destination.Ring.class,
                                        ring -> assertThat(ring.targets())
                                                .containsExactly(new Destination.Target("sip:1002@192.0.2.1", flow))));
                Nodes.soon(node, () -> assertThat(node.directory().size()).isEqualTo(3));
            }
        }
    }
}
