package org.sempervox.cluster.store.h2;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.sempervox.cluster.store.Content;
import org.sempervox.cluster.store.SnapshotRange;
import org.sempervox.cluster.store.StoredSnapshot;

/** The statements on the table of snapshots. */
final class SnapshotTable {
    private static final String RANGE =
            " FROM snapshot WHERE persistence_id = ? AND sequence_nr BETWEEN ? AND ? AND taken_at BETWEEN ? AND ?";

    private SnapshotTable() {}

    static void merge(H2Connection connection, StoredSnapshot snapshot) throws SQLException {
        PreparedStatement merge = connection.prepared("MERGE INTO snapshot"
                + " (persistence_id, sequence_nr, taken_at, serializer, manifest, payload) VALUES (?, ?, ?, ?, ?, ?)");
        merge.setString(1, snapshot.id());
        merge.setLong(2, snapshot.sequence());
        merge.setLong(3, snapshot.at().toEpochMilli());
        merge.setInt(4, snapshot.content().serializer());
        merge.setString(5, snapshot.content().manifest());
        merge.setBytes(6, snapshot.content().bytes());
        merge.executeUpdate();
    }

    static Optional<StoredSnapshot> newest(H2Connection connection, String id, SnapshotRange range)
            throws SQLException {
        PreparedStatement select = connection.prepared("SELECT sequence_nr, taken_at, serializer, manifest, payload"
                + RANGE + " ORDER BY sequence_nr DESC LIMIT 1");
        bind(select, id, range);
        try (ResultSet rows = select.executeQuery()) {
            return rows.next()
                    ? Optional.of(new StoredSnapshot(
                            id,
                            rows.getLong(1),
                            Instant.ofEpochMilli(rows.getLong(2)),
                            new Content(rows.getInt(3), rows.getString(4), rows.getBytes(5))))
                    : Optional.empty();
        }
    }

    static void delete(H2Connection connection, String id, SnapshotRange range) throws SQLException {
        PreparedStatement delete = connection.prepared("DELETE" + RANGE);
        bind(delete, id, range);
        delete.executeUpdate();
    }

    private static void bind(PreparedStatement statement, String id, SnapshotRange range) throws SQLException {
        statement.setString(1, id);
        statement.setLong(2, range.fromSequence());
        statement.setLong(3, range.toSequence());
        statement.setLong(4, range.from().toEpochMilli());
        statement.setLong(5, range.to().toEpochMilli());
    }
}
