package org.sempervox.cluster.store.h2;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sempervox.cluster.store.EndedCalls;
import org.sempervox.cluster.store.RecordJson;
import org.sempervox.core.cdr.CallRecord;

/** The statements on the table of call records. */
public final class RecordTable {
    private static final String SINCE = "SELECT json FROM call_record WHERE start_at >= ? ORDER BY start_at, id";

    private RecordTable() {}

    /** Records of calls that started then or later, oldest first; for a store that no launcher hosts at the moment. */
    public static List<JsonNode> since(Connection connection, Instant from) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(SINCE)) {
            return since(select, from);
        }
    }

    static List<JsonNode> since(H2Connection connection, Instant from) throws SQLException {
        return since(connection.prepared(SINCE), from);
    }

    static void merge(H2Connection connection, CallRecord record, String json) throws SQLException {
        PreparedStatement merge = connection.prepared(
                "MERGE INTO call_record (id, tenant, start_at, end_at, json) KEY (id) VALUES (?, ?, ?, ?, ?)");
        merge.setString(1, record.id());
        merge.setString(2, record.tenant());
        merge.setObject(3, record.startAt().atOffset(ZoneOffset.UTC));
        merge.setObject(4, record.endAt().atOffset(ZoneOffset.UTC));
        merge.setString(5, json);
        merge.executeUpdate();
    }

    /** Calls that ended before that time and still have events. */
    static List<String> purgeable(H2Connection connection, Instant endedBefore, int most) throws SQLException {
        PreparedStatement select = connection.prepared(
                "SELECT id FROM call_record WHERE purged = FALSE AND end_at < ? ORDER BY end_at LIMIT ?");
        select.setObject(1, endedBefore.atOffset(ZoneOffset.UTC));
        select.setInt(2, most);
        var ids = new ArrayList<String>();
        try (ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                ids.add(rows.getString(1));
            }
        }
        return ids;
    }

    static EndedCalls ended(H2Connection connection) throws SQLException {
        PreparedStatement select =
                connection.prepared("SELECT COUNT(*), MIN(end_at) FROM call_record WHERE purged = FALSE");
        try (ResultSet rows = select.executeQuery()) {
            rows.next();
            OffsetDateTime oldest = rows.getObject(2, OffsetDateTime.class);
            return new EndedCalls(rows.getLong(1), Optional.ofNullable(oldest).map(OffsetDateTime::toInstant));
        }
    }

    static void purged(H2Connection connection, String call) throws SQLException {
        PreparedStatement mark = connection.prepared("UPDATE call_record SET purged = TRUE WHERE id = ?");
        mark.setString(1, call);
        mark.executeUpdate();
    }

    private static List<JsonNode> since(PreparedStatement select, Instant from) throws SQLException {
        select.setObject(1, from.atOffset(ZoneOffset.UTC));
        var records = new ArrayList<JsonNode>();
        try (ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                records.add(RecordJson.read(rows.getString(1)));
            }
        } catch (JsonProcessingException e) {
            throw new SQLException("a call record is not JSON", e);
        }
        return records;
    }
}
