-- What became of postings since the runs that asked for them: one row an event, never changed. Of several the newest counts, whatever
-- runs say.

PRAGMA user_version = 9;

CREATE TABLE posting_events (
    number      INTEGER PRIMARY KEY,
    posting_key TEXT NOT NULL REFERENCES postings (posting_key),
    effect      TEXT NOT NULL,
    state       TEXT NOT NULL,
    detail      TEXT NOT NULL,
    happened_at TEXT NOT NULL,
    caused_by   TEXT NOT NULL
) STRICT;

CREATE INDEX posting_events_by_key ON posting_events (posting_key, number);
