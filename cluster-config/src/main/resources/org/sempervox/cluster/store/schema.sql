-- One row per event. The primary key is what refuses the second writer (S22). Times are milliseconds since 1970.
CREATE TABLE IF NOT EXISTS event (
    persistence_id VARCHAR(255) NOT NULL,
    sequence_nr BIGINT NOT NULL,
    writer VARCHAR(64) NOT NULL,
    serializer INT NOT NULL,
    manifest VARCHAR(255) NOT NULL,
    payload VARBINARY NOT NULL,
    written_at BIGINT NOT NULL,
    PRIMARY KEY (persistence_id, sequence_nr)
);
CREATE TABLE IF NOT EXISTS snapshot (
    persistence_id VARCHAR(255) NOT NULL,
    sequence_nr BIGINT NOT NULL,
    taken_at BIGINT NOT NULL,
    serializer INT NOT NULL,
    manifest VARCHAR(255) NOT NULL,
    payload VARBINARY NOT NULL,
    PRIMARY KEY (persistence_id, sequence_nr)
);
-- One row per call and leg group (S6); json is the whole record. purged: the call's events are gone.
CREATE TABLE IF NOT EXISTS call_record (
    id VARCHAR(128) PRIMARY KEY,
    tenant VARCHAR(64) NOT NULL,
    start_at TIMESTAMP(3) WITH TIME ZONE NOT NULL,
    end_at TIMESTAMP(3) WITH TIME ZONE NOT NULL,
    json VARCHAR NOT NULL,
    purged BOOLEAN DEFAULT FALSE NOT NULL
);
CREATE INDEX IF NOT EXISTS call_record_start ON call_record (start_at);
CREATE INDEX IF NOT EXISTS call_record_purge ON call_record (purged, end_at);
CREATE TABLE IF NOT EXISTS beat (
    node VARCHAR(64) PRIMARY KEY,
    beat_at BIGINT NOT NULL
);
-- One row: until when the cluster lived before all its nodes were dead at once (S29).
CREATE TABLE IF NOT EXISTS standstill (
    id INT PRIMARY KEY,
    alive_at BIGINT NOT NULL
);
-- Digest credentials of a number, encrypted with the key that key_id names; see decision 10.
CREATE TABLE IF NOT EXISTS credential (
    number VARCHAR(64) PRIMARY KEY,
    key_id VARCHAR(64) NOT NULL,
    sealed VARCHAR(1024) NOT NULL
);
-- One row: the key of all of them, and what changes with each change of them.
CREATE TABLE IF NOT EXISTS credential_mark (
    id INT PRIMARY KEY,
    key_id VARCHAR(64) NOT NULL,
    change_id VARCHAR(64) NOT NULL
);
CREATE TABLE IF NOT EXISTS schema_version (
    version INT PRIMARY KEY
);
MERGE INTO schema_version VALUES (2);
