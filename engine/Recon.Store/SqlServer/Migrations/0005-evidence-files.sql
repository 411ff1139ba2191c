-- The matches of a large run as files beside the store, and tries to write them, of which a crash may have left files.

-- Names are relative to the folder of evidence; the hash is that of the file.
CREATE TABLE evidence_files (
    run     bigint NOT NULL REFERENCES runs (number),
    leg     bigint NOT NULL,
    ordinal bigint NOT NULL,
    attempt nvarchar(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
    name    nvarchar(4000) COLLATE Latin1_General_100_BIN2 NOT NULL,
    matches bigint NOT NULL,
    bytes   bigint NOT NULL,
    sha256  nvarchar(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
    PRIMARY KEY (run, leg, ordinal)
);

CREATE INDEX evidence_files_by_attempt ON evidence_files (attempt);

CREATE TABLE evidence_attempts (
    attempt       nvarchar(64) COLLATE Latin1_General_100_BIN2 PRIMARY KEY,
    run_id        nvarchar(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
    pack_id       nvarchar(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
    business_date date NOT NULL,
    begun_at      datetime2(3) NOT NULL
);

CREATE INDEX evidence_attempts_by_date ON evidence_attempts (pack_id, business_date);
