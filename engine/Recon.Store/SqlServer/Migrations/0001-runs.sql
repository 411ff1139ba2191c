-- Runs and what each of them leaves: rows for what people ask for one by one, segments of bytes for the rest. Nothing but leases is
-- ever updated. Texts are compared by their code points, whatever the database's collation is.

CREATE TABLE runs (
    number        bigint PRIMARY KEY,
    id            nvarchar(64) COLLATE Latin1_General_100_BIN2 NOT NULL UNIQUE,
    run_key       nvarchar(64) COLLATE Latin1_General_100_BIN2 NOT NULL UNIQUE,
    pack_id       nvarchar(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
    pack_version  nvarchar(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
    business_date date NOT NULL,
    revision      bigint NOT NULL,
    state         nvarchar(40) COLLATE Latin1_General_100_BIN2 NOT NULL,
    opening_run   bigint REFERENCES runs (number),
    opening_hash  nvarchar(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
    closing_hash  nvarchar(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
    recorded_at   datetime2(3) NOT NULL,
    recorded_by   nvarchar(4000) COLLATE Latin1_General_100_BIN2 NOT NULL,
    matches       bigint NOT NULL,
    breaks        bigint NOT NULL,
    posts         bigint NOT NULL,
    UNIQUE (pack_id, business_date, revision)
);

-- The run's record as JSON in Brotli; the hash is that of the JSON.
CREATE TABLE documents (
    run    bigint PRIMARY KEY REFERENCES runs (number),
    sha256 nvarchar(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
    data   varbinary(max) NOT NULL
);

-- All matches of a leg, in segments.
CREATE TABLE evidence (
    run     bigint NOT NULL REFERENCES runs (number),
    leg     bigint NOT NULL,
    ordinal bigint NOT NULL,
    sha256  nvarchar(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
    data    varbinary(max) NOT NULL,
    PRIMARY KEY (run, leg, ordinal)
);

-- The records that are open after the run, with their raw rows, in segments.
CREATE TABLE open_items (
    run     bigint NOT NULL REFERENCES runs (number),
    ordinal bigint NOT NULL,
    sha256  nvarchar(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
    data    varbinary(max) NOT NULL,
    PRIMARY KEY (run, ordinal)
);

-- Fingerprints of the records that the run settled, sorted, in segments.
CREATE TABLE settled (
    run     bigint NOT NULL REFERENCES runs (number),
    source  nvarchar(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
    ordinal bigint NOT NULL,
    sha256  nvarchar(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
    data    varbinary(max) NOT NULL,
    PRIMARY KEY (run, source, ordinal)
);

-- Amounts are decimal digits with the currency beside them: exact at any scale, and never calculated with here.
CREATE TABLE statement_closings (
    run              bigint NOT NULL REFERENCES runs (number),
    ordinal          bigint NOT NULL,
    source           nvarchar(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
    account          nvarchar(4000) COLLATE Latin1_General_100_BIN2 NOT NULL,
    statement_number nvarchar(4000) COLLATE Latin1_General_100_BIN2 NOT NULL,
    amount           nvarchar(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
    currency         nvarchar(16) COLLATE Latin1_General_100_BIN2 NOT NULL,
    balance_date     date NOT NULL,
    PRIMARY KEY (run, ordinal)
);

-- What breaks are searched, listed and counted by. A million of them are written at once: that their run is there is not asked for
-- each of them, but by the audit.
CREATE TABLE breaks (
    run        bigint NOT NULL,
    id         nvarchar(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
    ordinal    bigint NOT NULL,
    class      nvarchar(4000) COLLATE Latin1_General_100_BIN2 NOT NULL,
    status     nvarchar(40) COLLATE Latin1_General_100_BIN2 NOT NULL,
    tier       nvarchar(40) COLLATE Latin1_General_100_BIN2 NOT NULL,
    dated_from date NOT NULL,
    leg        nvarchar(4000) COLLATE Latin1_General_100_BIN2 NOT NULL,
    source     nvarchar(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
    record     nvarchar(max) COLLATE Latin1_General_100_BIN2 NOT NULL,
    PRIMARY KEY (run, id, ordinal)
);

-- All breaks of a run in the order of its result, in segments; each is named by the ordinal of its first break.
CREATE TABLE break_segments (
    run     bigint NOT NULL REFERENCES runs (number),
    ordinal bigint NOT NULL,
    sha256  nvarchar(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
    data    varbinary(max) NOT NULL,
    PRIMARY KEY (run, ordinal)
);

-- The outbox: one row a key for ever, whichever run was first.
CREATE TABLE postings (
    posting_key nvarchar(64) COLLATE Latin1_General_100_BIN2 PRIMARY KEY,
    effect      nvarchar(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
    run         bigint NOT NULL REFERENCES runs (number),
    ordinal     bigint NOT NULL,
    "rule"      nvarchar(4000) COLLATE Latin1_General_100_BIN2 NOT NULL,
    target      nvarchar(4000) COLLATE Latin1_General_100_BIN2 NOT NULL,
    debit       nvarchar(4000) COLLATE Latin1_General_100_BIN2 NOT NULL,
    credit      nvarchar(4000) COLLATE Latin1_General_100_BIN2 NOT NULL,
    amount      nvarchar(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
    currency    nvarchar(16) COLLATE Latin1_General_100_BIN2 NOT NULL,
    tier        nvarchar(40) COLLATE Latin1_General_100_BIN2 NOT NULL,
    state       nvarchar(40) COLLATE Latin1_General_100_BIN2 NOT NULL,
    break_id    nvarchar(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
    UNIQUE (run, ordinal)
);

CREATE INDEX postings_by_break ON postings (break_id);

-- What each run said about a key; the effect may be another than the outbox has: a conflict, never a second posting.
CREATE TABLE posting_mentions (
    run         bigint NOT NULL REFERENCES runs (number),
    ordinal     bigint NOT NULL,
    posting_key nvarchar(64) COLLATE Latin1_General_100_BIN2 NOT NULL REFERENCES postings (posting_key),
    effect      nvarchar(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
    tier        nvarchar(40) COLLATE Latin1_General_100_BIN2 NOT NULL,
    state       nvarchar(40) COLLATE Latin1_General_100_BIN2 NOT NULL,
    break_id    nvarchar(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
    PRIMARY KEY (run, ordinal)
);

CREATE INDEX posting_mentions_by_key ON posting_mentions (posting_key, run);

-- Recorded runs that stand for their date again. Numbers are those of runs and of these together, in the order of events.
CREATE TABLE reinstatements (
    number        bigint PRIMARY KEY,
    run           bigint NOT NULL REFERENCES runs (number),
    reinstated_at datetime2(3) NOT NULL,
    reinstated_by nvarchar(4000) COLLATE Latin1_General_100_BIN2 NOT NULL
);

CREATE INDEX reinstatements_by_run ON reinstatements (run);

-- What the reinstatement of a run says of postings that the run itself does not name.
CREATE TABLE reinstatement_mentions (
    reinstatement bigint NOT NULL REFERENCES reinstatements (number),
    ordinal       bigint NOT NULL,
    posting_key   nvarchar(64) COLLATE Latin1_General_100_BIN2 NOT NULL REFERENCES postings (posting_key),
    effect        nvarchar(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
    state         nvarchar(40) COLLATE Latin1_General_100_BIN2 NOT NULL,
    PRIMARY KEY (reinstatement, ordinal)
);

CREATE INDEX reinstatement_mentions_by_key ON reinstatement_mentions (posting_key, reinstatement);

CREATE TABLE audit (
    seq       bigint PRIMARY KEY,
    at        datetime2(3) NOT NULL,
    who       nvarchar(4000) COLLATE Latin1_General_100_BIN2 NOT NULL,
    action    nvarchar(40) COLLATE Latin1_General_100_BIN2 NOT NULL,
    payload   nvarchar(max) COLLATE Latin1_General_100_BIN2 NOT NULL,
    prev_hash nvarchar(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
    hash      nvarchar(64) COLLATE Latin1_General_100_BIN2 NOT NULL
);

-- Who runs a pack and date now. The fence counts who had the right to: a write by an earlier holder is refused.
CREATE TABLE leases (
    pack_id       nvarchar(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
    business_date date NOT NULL,
    fence         bigint NOT NULL,
    holder        nvarchar(400) COLLATE Latin1_General_100_BIN2,
    expires_at    datetime2(3) NOT NULL,
    PRIMARY KEY (pack_id, business_date)
);
