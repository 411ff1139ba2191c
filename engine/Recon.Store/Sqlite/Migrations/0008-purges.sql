-- Runs whose matches a policy removed. What they were stands in the audit chain.

PRAGMA user_version = 8;

CREATE TABLE purges (
    run       INTEGER PRIMARY KEY REFERENCES runs (number),
    purged_at TEXT NOT NULL,
    purged_by TEXT NOT NULL,
    policy    TEXT NOT NULL,
    matches   INTEGER NOT NULL,
    bytes     INTEGER NOT NULL
) STRICT;
