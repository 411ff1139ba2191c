-- Runs that are due, who has them and how they ended. The one row of schedule_turns is written first in every turn of a node, so
-- that turns come one after the other.

PRAGMA user_version = 5;

CREATE TABLE schedule_turns (
    turn INTEGER NOT NULL
) STRICT;

INSERT INTO schedule_turns (turn) VALUES (0);

CREATE TABLE schedule_packs (
    pack_id      TEXT NOT NULL PRIMARY KEY,
    looked_until TEXT NOT NULL,
    paused_by    TEXT,
    paused_at    TEXT
) STRICT;

CREATE TABLE due_runs (
    pack_id       TEXT NOT NULL,
    business_date TEXT NOT NULL,
    slot          TEXT NOT NULL,
    cause         TEXT NOT NULL,
    state         TEXT NOT NULL,
    found_at      TEXT NOT NULL,
    not_before    TEXT NOT NULL,
    faults        INTEGER NOT NULL,
    looks         INTEGER NOT NULL,
    lapses        INTEGER NOT NULL,
    owner         TEXT,
    epoch         INTEGER NOT NULL,
    lease_until   TEXT,
    ended_at      TEXT,
    run_id        TEXT,
    detail        TEXT,
    PRIMARY KEY (pack_id, business_date, slot)
) STRICT;

CREATE INDEX due_runs_by_state ON due_runs (state, pack_id);
CREATE INDEX due_runs_by_found_at ON due_runs (found_at);
