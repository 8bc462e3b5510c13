package org.sempervox.cluster.directory;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.ManualTime;
import org.junit.jupiter.api.Test;

class ExtensionWakerTest {
    @Test
    void wakesOneATimeAndOnlyThoseNobodyKnows() {
        var kit = ActorTestKit.create(ManualTime.config());
        try {
            var time = ManualTime.get(kit.system());
            var woken = kit.<String>createTestProbe();
            var waker = kit.spawn(ExtensionWaker.create(
                    List.of("100", "101", "102", "103"),
                    number -> !number.equals("101"),
                    number -> woken.getRef().tell(number),
                    Duration.ofMillis(20)));
            time.timePasses(Duration.ofMillis(20));
            woken.expectMessage("100");
            time.expectNoMessageFor(Duration.ofMillis(19), woken);
            time.timePasses(Duration.ofMillis(1));
            woken.expectMessage("102");
            time.timePasses(Duration.ofMillis(40));
            woken.expectMessage("103");
            woken.expectTerminated(waker);
        } finally {
            kit.shutdownTestKit();
        }
    }

    @Test
    void journalNamesEachExtensionOnce() throws SQLException {
        String url = "jdbc:h2:mem:known-extensions;DB_CLOSE_DELAY=-1";
        try (var connection = DriverManager.getConnection(url);
                var statement = connection.createStatement()) {
            statement.execute(
                    "create table \"event_journal\" (\"persistence_id\" varchar(255), \"sequence_number\" bigint, primary key (\"persistence_id\", \"sequence_number\"))");
            for (var id : List.of("Call|100", "Extension|100", "Extension|2000", "Extensions|7", "Queue|1")) {
                statement.execute("insert into \"event_journal\" values ('" + id + "', 1), ('" + id + "', 2)");
            }
        }
        var known = new ArrayList<>(new JournalExtensions(() -> DriverManager.getConnection(url)).get());
        assertThat(known).containsExactlyInAnyOrder("100", "2000");
    }
}
