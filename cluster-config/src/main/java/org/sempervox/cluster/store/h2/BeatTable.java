package org.sempervox.cluster.store.h2;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/** The statements on the table of the nodes' signs of life. */
final class BeatTable {
    private BeatTable() {}

    static void merge(H2Connection connection, String node, Instant at) throws SQLException {
        PreparedStatement merge = connection.prepared("MERGE INTO beat (node, beat_at) VALUES (?, ?)");
        merge.setString(1, node);
        merge.setLong(2, at.toEpochMilli());
        merge.executeUpdate();
    }

    static Optional<Instant> last(H2Connection connection) throws SQLException {
        try (ResultSet rows =
                connection.prepared("SELECT MAX(beat_at) FROM beat").executeQuery()) {
            return rows.next() && rows.getObject(1) != null
                    ? Optional.of(Instant.ofEpochMilli(rows.getLong(1)))
                    : Optional.empty();
        }
    }

    static void mergeStandstill(H2Connection connection, Instant aliveAt) throws SQLException {
        PreparedStatement merge = connection.prepared("MERGE INTO standstill (id, alive_at) VALUES (1, ?)");
        merge.setLong(1, aliveAt.toEpochMilli());
        merge.executeUpdate();
    }

    static Optional<Instant> standstill(H2Connection connection) throws SQLException {
        try (ResultSet rows =
                connection.prepared("SELECT alive_at FROM standstill").executeQuery()) {
            return rows.next() ? Optional.of(Instant.ofEpochMilli(rows.getLong(1))) : Optional.empty();
        }
    }
}
