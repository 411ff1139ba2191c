-- What became of postings since the runs that asked for them: one row an event, never changed. Of several the newest counts, whatever
-- runs say.

CREATE TABLE posting_events (
    number      bigint PRIMARY KEY,
    posting_key text COLLATE "C" NOT NULL REFERENCES postings (posting_key),
    effect      text COLLATE "C" NOT NULL,
    state       text COLLATE "C" NOT NULL,
    detail      text NOT NULL,
    happened_at timestamptz(3) NOT NULL,
    caused_by   text NOT NULL
);

CREATE INDEX posting_events_by_key ON posting_events (posting_key, number);
