package org.sempervox.cluster.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.sempervox.core.cdr.CallRecord;

/** The statements on the table of call records and on the journal rows of ended calls. */
public final class CallRecordTable {
    private CallRecordTable() {}

    static void merge(Connection connection, CallRecord record) throws SQLException, JsonProcessingException {
        try (PreparedStatement merge = connection.prepareStatement(
                "MERGE INTO call_record (id, tenant, start_at, end_at, json) KEY (id) VALUES (?, ?, ?, ?, ?)")) {
            merge.setString(1, record.id());
            merge.setString(2, record.tenant());
            merge.setObject(3, record.startAt().atOffset(ZoneOffset.UTC));
            merge.setObject(4, record.endAt().atOffset(ZoneOffset.UTC));
            merge.setString(5, RecordJson.write(record));
            merge.executeUpdate();
        }
    }

    /** Records of calls that started then or later, oldest first. */
    public static List<JsonNode> since(Connection connection, Instant from) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT json FROM call_record WHERE start_at >= ? ORDER BY start_at, id")) {
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

    /** Calls that ended before that time and still have journal rows. */
    static List<String> purgeable(Connection connection, Instant endedBefore, int most) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT id FROM call_record WHERE purged = FALSE AND end_at < ? ORDER BY end_at LIMIT ?")) {
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
    }

    /** Number of journal rows deleted; one transaction per call, so that no lock lasts. */
    static int purge(Connection connection, String call) throws SQLException {
        connection.setAutoCommit(false);
        try (PreparedStatement delete =
                        connection.prepareStatement("DELETE FROM \"event_journal\" WHERE \"persistence_id\" = ?");
                PreparedStatement mark =
                        connection.prepareStatement("UPDATE call_record SET purged = TRUE WHERE id = ?")) {
            delete.setString(1, "Call|" + call);
            int rows = delete.executeUpdate();
            mark.setString(1, call);
            mark.executeUpdate();
            connection.commit();
            return rows;
        } catch (SQLException e) {
            connection.rollback();
            throw e;
        } finally {
            connection.setAutoCommit(true);
        }
    }
}
