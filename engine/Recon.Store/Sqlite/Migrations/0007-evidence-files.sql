-- The matches of a large run as files beside the store, and tries to write them, of which a crash may have left files.

PRAGMA user_version = 7;

-- Names are relative to the folder of evidence; the hash is that of the file.
CREATE TABLE evidence_files (
    run     INTEGER NOT NULL REFERENCES runs (number),
    leg     INTEGER NOT NULL,
    ordinal INTEGER NOT NULL,
    attempt TEXT NOT NULL,
    name    TEXT NOT NULL,
    matches INTEGER NOT NULL,
    bytes   INTEGER NOT NULL,
    sha256  TEXT NOT NULL,
    PRIMARY KEY (run, leg, ordinal)
) STRICT;

CREATE INDEX evidence_files_by_attempt ON evidence_files (attempt);

CREATE TABLE evidence_attempts (
    attempt       TEXT PRIMARY KEY,
    run_id        TEXT NOT NULL,
    pack_id       TEXT NOT NULL,
    business_date TEXT NOT NULL,
    begun_at      TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX evidence_attempts_by_date ON evidence_attempts (pack_id, business_date);
