-- One row per call and leg group (S6); json is the whole record. purged: the call's journal rows are gone.
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
