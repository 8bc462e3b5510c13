-- From before version 1: the tables of pekko-persistence-jdbc. May be run again if it was interrupted.
MERGE INTO event (persistence_id, sequence_nr, writer, serializer, manifest, payload, written_at) KEY (persistence_id, sequence_nr)
    SELECT "persistence_id", "sequence_number", "writer", "event_ser_id", "event_ser_manifest", CAST("event_payload" AS VARBINARY), "write_timestamp"
    FROM "event_journal" WHERE "deleted" = FALSE;
DROP TABLE IF EXISTS "event_tag", "snapshot", "durable_state";
DROP TABLE "event_journal";
