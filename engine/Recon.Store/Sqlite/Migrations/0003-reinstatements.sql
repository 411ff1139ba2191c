-- Recorded runs that stand for their date again, because it was run with their inputs again. Numbers are those of runs and of
-- these together, in the order of events: of the revisions of a date the one with the highest number stands.

PRAGMA user_version = 3;

CREATE TABLE reinstatements (
    number        INTEGER PRIMARY KEY,
    run           INTEGER NOT NULL REFERENCES runs (number),
    reinstated_at TEXT NOT NULL,
    reinstated_by TEXT NOT NULL
) STRICT;

CREATE INDEX reinstatements_by_run ON reinstatements (run);
