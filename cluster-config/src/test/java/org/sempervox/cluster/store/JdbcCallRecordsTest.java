package org.sempervox.cluster.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sempervox.cluster.settings.StoreSettings;
import org.sempervox.core.cdr.CallRecord;

/** S6: one record per call, however often it is stored. */
class JdbcCallRecordsTest {
    @TempDir
    Path folder;

    @Test
    void storesOnceReadsBackAndPurges() throws Exception {
        try (EmbeddedStore store = EmbeddedStore.start(folder)) {
            try (JdbcCallRecords records = new JdbcCallRecords(store.settings())) {
                Instant start = Instant.parse("2026-01-02T03:04:05.678Z");
                await(records.store(record("a", start, 1)));
                await(records.store(record("a", start, 2)));
                await(records.store(record("b", start.plusSeconds(60), 3)));
                assertThat(await(records.all()))
                        .extracting(r -> r.path("durationMs").asLong())
                        .containsExactly(2L, 3L);
                assertThat(await(records.all()).getFirst().path("startAt").asText())
                        .isEqualTo("2026-01-02T03:04:05.678Z");
                assertThat(await(records.since(start.plusSeconds(1)))).hasSize(1);
                journalRow(store.settings(), "Call|a");
                journalRow(store.settings(), "Call|other");
                assertThat(await(records.purge(Duration.ofHours(1)))).isEqualTo(2);
                assertThat(await(records.purge(Duration.ofHours(1)))).isZero();
                assertThat(journal(store.settings())).containsExactly("Call|other");
                assertThat(await(records.all())).hasSize(2);
            }
        }
        try (Connection stopped = EmbeddedStore.openStopped(folder)) {
            assertThat(CallRecordTable.since(stopped, Instant.EPOCH)).hasSize(2);
        }
        EmbeddedStore.start(folder).close();
    }

    private static <T> T await(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private static CallRecord record(String id, Instant start, long durationMs) {
        return new CallRecord(
                id,
                "",
                "default",
                "1000",
                "1001",
                "1001",
                start,
                null,
                start,
                start.plusMillis(durationMs),
                durationMs,
                200,
                16,
                "caller",
                List.of("n1"),
                false,
                null);
    }

    private static void journalRow(StoreSettings.Embedded store, String id) throws Exception {
        try (Connection connection = connect(store);
                var insert = connection.prepareStatement("""
                        INSERT INTO "event_journal" ("persistence_id", "sequence_number", "writer", "write_timestamp",
                        "adapter_manifest", "event_payload", "event_ser_id", "event_ser_manifest")
                        VALUES (?, 1, 'w', 0, '', X'00', 1, '')""")) {
            insert.setString(1, id);
            insert.executeUpdate();
        }
    }

    private static List<String> journal(StoreSettings.Embedded store) throws Exception {
        try (Connection connection = connect(store);
                var select = connection.createStatement();
                var rows = select.executeQuery("SELECT \"persistence_id\" FROM \"event_journal\"")) {
            var ids = new java.util.ArrayList<String>();
            while (rows.next()) {
                ids.add(rows.getString(1));
            }
            return ids;
        }
    }

    private static Connection connect(StoreSettings.Embedded store) throws Exception {
        return DriverManager.getConnection(store.url(), StoreSettings.Embedded.USER, store.password());
    }
}
