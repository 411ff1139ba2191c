-- Runs and what each of them leaves: rows for what people ask for one by one, blobs for the rest. Nothing is ever updated.

PRAGMA application_id = 1380142926; -- 'RCON'
PRAGMA user_version = 1;

CREATE TABLE runs (
    number        INTEGER PRIMARY KEY,
    id            TEXT NOT NULL UNIQUE,
    run_key       TEXT NOT NULL UNIQUE,
    pack_id       TEXT NOT NULL,
    pack_version  TEXT NOT NULL,
    business_date TEXT NOT NULL,
    revision      INTEGER NOT NULL,
    state         TEXT NOT NULL,
    opening_run   INTEGER REFERENCES runs (number),
    opening_hash  TEXT NOT NULL,
    closing_hash  TEXT NOT NULL,
    recorded_at   TEXT NOT NULL,
    recorded_by   TEXT NOT NULL,
    matches       INTEGER NOT NULL,
    breaks        INTEGER NOT NULL,
    posts         INTEGER NOT NULL,
    UNIQUE (pack_id, business_date, revision)
) STRICT;

-- The run's record as JSON in Brotli; the hash is that of the JSON.
CREATE TABLE documents (
    run    INTEGER PRIMARY KEY REFERENCES runs (number),
    sha256 TEXT NOT NULL,
    data   BLOB NOT NULL
) STRICT;

-- All matches of a leg, in segments.
CREATE TABLE evidence (
    run     INTEGER NOT NULL REFERENCES runs (number),
    leg     INTEGER NOT NULL,
    ordinal INTEGER NOT NULL,
    sha256  TEXT NOT NULL,
    data    BLOB NOT NULL,
    PRIMARY KEY (run, leg, ordinal)
) STRICT;

-- The records that are open after the run, with their raw rows, in segments.
CREATE TABLE open_items (
    run     INTEGER NOT NULL REFERENCES runs (number),
    ordinal INTEGER NOT NULL,
    sha256  TEXT NOT NULL,
    data    BLOB NOT NULL,
    PRIMARY KEY (run, ordinal)
) STRICT;

-- Fingerprints of the records that the run settled, sorted, in segments.
CREATE TABLE settled (
    run     INTEGER NOT NULL REFERENCES runs (number),
    source  TEXT NOT NULL,
    ordinal INTEGER NOT NULL,
    sha256  TEXT NOT NULL,
    data    BLOB NOT NULL,
    PRIMARY KEY (run, source, ordinal)
) STRICT;

CREATE TABLE statement_closings (
    run              INTEGER NOT NULL REFERENCES runs (number),
    ordinal          INTEGER NOT NULL,
    source           TEXT NOT NULL,
    account          TEXT NOT NULL,
    statement_number TEXT NOT NULL,
    amount           TEXT NOT NULL,
    currency         TEXT NOT NULL,
    balance_date     TEXT NOT NULL,
    PRIMARY KEY (run, ordinal)
) STRICT, WITHOUT ROWID;

-- What breaks are searched, listed and counted by, in the order of their ids: what is inserted is appended, and one break
-- is one step down the tree for each run. What else a break says stands in its segment.
CREATE TABLE breaks (
    run        INTEGER NOT NULL REFERENCES runs (number),
    id         TEXT NOT NULL,
    ordinal    INTEGER NOT NULL,
    class      TEXT NOT NULL,
    status     TEXT NOT NULL,
    tier       TEXT NOT NULL,
    dated_from TEXT NOT NULL,
    leg        TEXT NOT NULL,
    source     TEXT NOT NULL,
    record     TEXT NOT NULL,
    PRIMARY KEY (run, id, ordinal)
) STRICT, WITHOUT ROWID;

-- All breaks of a run in the order of its result, in segments; each is named by the ordinal of its first break.
CREATE TABLE break_segments (
    run     INTEGER NOT NULL REFERENCES runs (number),
    ordinal INTEGER NOT NULL,
    sha256  TEXT NOT NULL,
    data    BLOB NOT NULL,
    PRIMARY KEY (run, ordinal)
) STRICT;

-- The outbox: one row a key for ever, whichever run was first.
CREATE TABLE postings (
    posting_key TEXT PRIMARY KEY,
    effect      TEXT NOT NULL,
    run         INTEGER NOT NULL REFERENCES runs (number),
    ordinal     INTEGER NOT NULL,
    rule        TEXT NOT NULL,
    target      TEXT NOT NULL,
    debit       TEXT NOT NULL,
    credit      TEXT NOT NULL,
    amount      TEXT NOT NULL,
    currency    TEXT NOT NULL,
    tier        TEXT NOT NULL,
    state       TEXT NOT NULL,
    break_id    TEXT NOT NULL,
    UNIQUE (run, ordinal)
) STRICT;

CREATE INDEX postings_by_break ON postings (break_id);

-- What each run said about a key; the effect may be another than the outbox has: a conflict, never a second posting.
CREATE TABLE posting_mentions (
    run         INTEGER NOT NULL REFERENCES runs (number),
    ordinal     INTEGER NOT NULL,
    posting_key TEXT NOT NULL REFERENCES postings (posting_key),
    effect      TEXT NOT NULL,
    tier        TEXT NOT NULL,
    state       TEXT NOT NULL,
    break_id    TEXT NOT NULL,
    PRIMARY KEY (run, ordinal)
) STRICT, WITHOUT ROWID;

CREATE TABLE audit (
    seq       INTEGER PRIMARY KEY,
    at        TEXT NOT NULL,
    who       TEXT NOT NULL,
    action    TEXT NOT NULL,
    payload   TEXT NOT NULL,
    prev_hash TEXT NOT NULL,
    hash      TEXT NOT NULL
) STRICT;
