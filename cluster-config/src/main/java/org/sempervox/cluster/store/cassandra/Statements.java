package org.sempervox.cluster.store.cassandra;

import com.datastax.oss.driver.api.core.ConsistencyLevel;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import org.sempervox.cluster.store.History;

/** The prepared statements. All may be repeated: a conditional insert of the same row by the same writer recognises itself. */
final class Statements {
    private static final String EVENT =
            "persistence_id, sequence_nr, writer, serializer, manifest, payload, written_at";

    private final CqlSession session;
    private final String keyspace;
    private final PreparedStatement appendCall;
    private final PreparedStatement appendEntity;
    private final PreparedStatement readCall;
    private final PreparedStatement readEntity;
    final PreparedStatement newest;
    final PreparedStatement delete;
    final PreparedStatement saveSnapshot;
    final PreparedStatement snapshots;
    final PreparedStatement deleteSnapshot;
    final PreparedStatement entity;
    final PreparedStatement entities;
    final PreparedStatement live;
    final PreparedStatement liveIn;
    final PreparedStatement ended;
    final PreparedStatement endedIn;
    final PreparedStatement record;
    final PreparedStatement recordsOf;
    final PreparedStatement recordDay;
    final PreparedStatement recordDays;
    final PreparedStatement beat;
    final PreparedStatement beats;
    final PreparedStatement stoodStill;
    final PreparedStatement standstill;
    final PreparedStatement claimKey;
    final PreparedStatement claimedKey;
    final PreparedStatement credentialMark;
    final PreparedStatement markChange;
    final PreparedStatement credentials;
    final PreparedStatement putCredential;
    final PreparedStatement removeCredential;

    /** Blocks. */
    Statements(CqlSession session, String keyspace) {
        this.session = session;
        this.keyspace = keyspace;
        String values = " (" + EVENT + ") VALUES (?, ?, ?, ?, ?, ?, ?) IF NOT EXISTS";
        String from = " WHERE persistence_id = ? AND sequence_nr >= ?";
        appendCall = prepare(Profile.APPEND, "INSERT INTO %s.call_event" + values);
        appendEntity = prepare(Profile.APPEND, "INSERT INTO %s.entity_event" + values);
        readCall = serial("SELECT " + EVENT + " FROM %s.call_event" + from);
        readEntity = serial("SELECT " + EVENT + " FROM %s.entity_event" + from);
        newest = prepare(
                Profile.READ,
                "SELECT sequence_nr FROM %s.entity_event WHERE persistence_id = ? ORDER BY sequence_nr DESC LIMIT 1");
        delete = prepare(Profile.RECORD, "DELETE FROM %s.entity_event WHERE persistence_id = ? AND sequence_nr <= ?");
        saveSnapshot = prepare(
                Profile.RECORD,
                "INSERT INTO %s.snapshot (persistence_id, sequence_nr, taken_at, serializer, manifest, payload)"
                        + " VALUES (?, ?, ?, ?, ?, ?)");
        snapshots = prepare(
                Profile.READ,
                "SELECT sequence_nr, taken_at, serializer, manifest, payload FROM %s.snapshot"
                        + " WHERE persistence_id = ? AND sequence_nr >= ? AND sequence_nr <= ?");
        deleteSnapshot =
                prepare(Profile.RECORD, "DELETE FROM %s.snapshot WHERE persistence_id = ? AND sequence_nr = ?");
        entity = prepare(Profile.APPEND, "INSERT INTO %s.entity (type, id) VALUES (?, ?)");
        entities = prepare(Profile.READ, "SELECT id FROM %s.entity WHERE type = ?");
        live = prepare(Profile.APPEND, "INSERT INTO %s.live_call (hour, id) VALUES (?, ?)");
        liveIn = prepare(Profile.READ, "SELECT id FROM %s.live_call WHERE hour = ?");
        ended = prepare(Profile.RECORD, "INSERT INTO %s.ended_call (hour, id) VALUES (?, ?)");
        endedIn = prepare(Profile.READ, "SELECT id FROM %s.ended_call WHERE hour = ?");
        record = prepare(Profile.RECORD, "INSERT INTO %s.call_record (day, start_at, id, json) VALUES (?, ?, ?, ?)");
        recordsOf = prepare(Profile.READ, "SELECT json FROM %s.call_record WHERE day = ? AND start_at >= ?");
        recordDay = prepare(Profile.RECORD, "INSERT INTO %s.record_day (part, day) VALUES ('days', ?)");
        recordDays = prepare(Profile.READ, "SELECT day FROM %s.record_day WHERE part = 'days' AND day >= ?");
        beat = prepare(Profile.BEAT, "INSERT INTO %s.beat (part, node, beat_at) VALUES ('cluster', ?, ?)");
        beats = prepare(Profile.BEAT, "SELECT beat_at FROM %s.beat WHERE part = 'cluster'");
        stoodStill = prepare(Profile.RECORD, "INSERT INTO %s.beat (part, node, beat_at) VALUES ('standstill', '', ?)");
        standstill = prepare(Profile.READ, "SELECT beat_at FROM %s.beat WHERE part = 'standstill'");
        String tenant = " WHERE tenant = 'default'";
        claimKey = prepare(Profile.RECORD, "UPDATE %s.credential_mark SET key_id = ?" + tenant + " IF key_id = null");
        claimedKey = serial("SELECT key_id FROM %s.credential_mark" + tenant);
        credentialMark = prepare(Profile.READ, "SELECT key_id, change_id FROM %s.credential_mark" + tenant);
        markChange =
                prepare(Profile.RECORD, "UPDATE %s.credential_mark SET change_id = ?" + tenant + " IF key_id != null");
        credentials = prepare(Profile.READ, "SELECT number, key_id, sealed FROM %s.credential" + tenant);
        putCredential = prepare(
                Profile.RECORD,
                "UPDATE %s.credential SET key_id = ?, sealed = ?" + tenant + " AND number = ? IF sealed != ?");
        removeCredential = prepare(Profile.RECORD, "DELETE FROM %s.credential" + tenant + " AND number = ? IF EXISTS");
    }

    PreparedStatement append(History history) {
        return switch (history) {
            case CALLS -> appendCall;
            case ENTITIES -> appendEntity;
        };
    }

    /** Finishes or rules out what another writer has begun: it is seen now, or it never comes. */
    PreparedStatement read(History history) {
        return switch (history) {
            case CALLS -> readCall;
            case ENTITIES -> readEntity;
        };
    }

    private PreparedStatement prepare(Profile profile, String cql) {
        return session.prepare(statement(profile, cql));
    }

    private PreparedStatement serial(String cql) {
        return session.prepare(statement(Profile.READ, cql).setConsistencyLevel(ConsistencyLevel.LOCAL_SERIAL));
    }

    private SimpleStatement statement(Profile profile, String cql) {
        return SimpleStatement.newInstance(cql.formatted(keyspace))
                .setExecutionProfileName(profile.name())
                .setIdempotent(true);
    }
}
