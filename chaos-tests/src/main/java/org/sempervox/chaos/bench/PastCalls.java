package org.sempervox.chaos.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.sempervox.cluster.launcher.WorkFolder;
import org.sempervox.cluster.settings.StoreSettings;
import org.sempervox.cluster.store.EmbeddedStore;
import org.sempervox.cluster.store.RecordJson;
import org.sempervox.core.cdr.CallRecord;

/** Records of calls of earlier days, put into a store before its cluster starts: a store with a past. */
final class PastCalls {
    /** One row per second back from an hour ago, so that the retention of journals has nothing to do with them. */
    private static final String INSERT = """
            INSERT INTO call_record (id, tenant, start_at, end_at, json, purged)
            SELECT 'past-' || x, 'default', DATEADD('SECOND', -3600 - x, CURRENT_TIMESTAMP),
                   DATEADD('SECOND', -3540 - x, CURRENT_TIMESTAMP), REPLACE(?, '@ID@', 'past-' || x), TRUE
            FROM SYSTEM_RANGE(?, ?)
            """;

    /** The store ends whoever is in one transaction for too long. */
    private static final int CHUNK = 10_000;

    private PastCalls() {}

    /** Creates the store of that work folder with so many records. */
    static void insert(Path work, int count) throws IOException {
        try (var store = EmbeddedStore.start(new WorkFolder(work).store());
                Connection connection = connect(store.settings());
                PreparedStatement insert = connection.prepareStatement(INSERT)) {
            insert.setString(1, RecordJson.write(example()));
            for (int first = 1; first <= count; first += CHUNK) {
                int last = Math.min(count, first + CHUNK - 1);
                insert.setInt(2, first);
                insert.setInt(3, last);
                int rows = insert.executeUpdate();
                if (rows != last - first + 1) {
                    throw new IOException("past calls: " + rows + " of " + (last - first + 1) + " were stored");
                }
            }
        } catch (SQLException e) {
            throw new IOException("past calls could not be stored in " + work, e);
        }
    }

    private static Connection connect(StoreSettings.Embedded settings) throws SQLException {
        return DriverManager.getConnection(settings.url(), StoreSettings.Embedded.USER, settings.password());
    }

    private static CallRecord example() {
        Instant start = Instant.parse("2026-01-02T03:04:05Z");
        return new CallRecord(
                "@ID@",
                "@ID@",
                "default",
                "100001",
                "100002",
                "100002",
                start,
                start.plusMillis(40),
                start.plusMillis(4000),
                start.plusSeconds(60),
                56_000,
                200,
                16,
                "caller",
                List.of("n1"),
                false,
                null);
    }
}
