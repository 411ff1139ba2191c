-- What the reinstatement of a run says of postings that the run itself does not name: a later revision proposed to reverse what it
-- wants. Among what is said about a key the newest counts: a run speaks with the number by which it stands.

PRAGMA user_version = 4;

CREATE TABLE reinstatement_mentions (
    reinstatement INTEGER NOT NULL REFERENCES reinstatements (number),
    ordinal       INTEGER NOT NULL,
    posting_key   TEXT NOT NULL REFERENCES postings (posting_key),
    effect        TEXT NOT NULL,
    state         TEXT NOT NULL,
    PRIMARY KEY (reinstatement, ordinal)
) STRICT, WITHOUT ROWID;

CREATE INDEX reinstatement_mentions_by_key ON reinstatement_mentions (posting_key, reinstatement);
