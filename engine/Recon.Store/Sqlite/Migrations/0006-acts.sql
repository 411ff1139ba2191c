-- What people did, one row an act, never changed. The key makes it one operation, the effect says what it does, by whom and why.

PRAGMA user_version = 6;

CREATE TABLE acts (
    number        INTEGER PRIMARY KEY,
    act_key       TEXT NOT NULL UNIQUE,
    effect        TEXT NOT NULL,
    pack_id       TEXT NOT NULL,
    business_date TEXT NOT NULL,
    subject       TEXT NOT NULL,
    kind          TEXT NOT NULL,
    detail        TEXT NOT NULL,
    reason        TEXT,
    acted_at      TEXT NOT NULL,
    acted_by      TEXT NOT NULL
) STRICT;

CREATE INDEX acts_by_subject ON acts (pack_id, subject);
