package org.sempervox.cluster.store.h2;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.sempervox.cluster.store.Content;
import org.sempervox.cluster.store.Store;
import org.sempervox.cluster.store.StoredEvent;

/** The statements on the table of events. */
final class EventTable {
    private static final int COLUMNS = 7;
    private static final String SELECT =
            "SELECT persistence_id, sequence_nr, writer, serializer, manifest, payload, written_at FROM event WHERE ";

    private EventTable() {}

    /** One statement, so one transaction and one round trip for all of them. */
    static void insert(H2Connection connection, List<StoredEvent> events) throws SQLException {
        PreparedStatement insert = connection.prepared(
                "INSERT INTO event (persistence_id, sequence_nr, writer, serializer, manifest, payload, written_at) VALUES "
                        + "(?, ?, ?, ?, ?, ?, ?), ".repeat(events.size() - 1)
                        + "(?, ?, ?, ?, ?, ?, ?)");
        int column = 0;
        for (StoredEvent event : events) {
            insert.setString(column + 1, event.id());
            insert.setLong(column + 2, event.sequence());
            insert.setString(column + 3, event.writer());
            insert.setInt(column + 4, event.content().serializer());
            insert.setString(column + 5, event.content().manifest());
            insert.setBytes(column + 6, event.content().bytes());
            insert.setLong(column + 7, event.at().toEpochMilli());
            column += COLUMNS;
        }
        insert.executeUpdate();
    }

    static List<StoredEvent> from(H2Connection connection, String id, long sequence) throws SQLException {
        PreparedStatement select =
                connection.prepared(SELECT + "persistence_id = ? AND sequence_nr >= ? ORDER BY sequence_nr");
        select.setString(1, id);
        select.setLong(2, sequence);
        return events(select);
    }

    /** The newest stays. */
    static void delete(H2Connection connection, String id, long upTo) throws SQLException {
        PreparedStatement delete = connection.prepared("DELETE FROM event WHERE persistence_id = ? AND sequence_nr <= ?"
                + " AND sequence_nr < (SELECT MAX(sequence_nr) FROM event WHERE persistence_id = ?)");
        delete.setString(1, id);
        delete.setLong(2, upTo);
        delete.setString(3, id);
        delete.executeUpdate();
    }

    static void deleteAll(H2Connection connection, String id) throws SQLException {
        PreparedStatement delete = connection.prepared("DELETE FROM event WHERE persistence_id = ?");
        delete.setString(1, id);
        delete.executeUpdate();
    }

    /** By the primary key's prefix; without the prefix. */
    static List<String> idsOf(H2Connection connection, String type) throws SQLException {
        PreparedStatement select = connection.prepared(
                "SELECT DISTINCT persistence_id FROM event WHERE persistence_id > ? AND persistence_id < ?");
        select.setString(1, type + "|");
        select.setString(2, type + "}");
        return withoutType(select, type.length() + 1);
    }

    static List<String> callsWithoutRecord(H2Connection connection) throws SQLException {
        PreparedStatement select = connection.prepared(
                "SELECT DISTINCT persistence_id FROM event e WHERE persistence_id > ? AND persistence_id < ?"
                        + " AND NOT EXISTS (SELECT 1 FROM call_record r WHERE r.id = SUBSTRING(e.persistence_id FROM "
                        + (Store.CALL.length() + 1) + "))");
        select.setString(1, Store.CALL);
        select.setString(2, Store.CALL.replace('|', '}'));
        return withoutType(select, Store.CALL.length());
    }

    private static List<String> withoutType(PreparedStatement select, int length) throws SQLException {
        var ids = new ArrayList<String>();
        try (ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                ids.add(rows.getString(1).substring(length));
            }
        }
        return ids;
    }

    private static List<StoredEvent> events(PreparedStatement select) throws SQLException {
        var events = new ArrayList<StoredEvent>();
        try (ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                events.add(new StoredEvent(
                        rows.getString(1),
                        rows.getLong(2),
                        rows.getString(3),
                        new Content(rows.getInt(4), rows.getString(5), rows.getBytes(6)),
                        Instant.ofEpochMilli(rows.getLong(7))));
            }
        }
        return events;
    }
}
