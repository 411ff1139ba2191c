-- What became of postings since the runs that asked for them: one row an event, never changed. Of several the newest counts, whatever
-- runs say.

CREATE TABLE posting_events (
    number      bigint PRIMARY KEY,
    posting_key nvarchar(64) COLLATE Latin1_General_100_BIN2 NOT NULL REFERENCES postings (posting_key),
    effect      nvarchar(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
    state       nvarchar(40) COLLATE Latin1_General_100_BIN2 NOT NULL,
    detail      nvarchar(4000) COLLATE Latin1_General_100_BIN2 NOT NULL,
    happened_at datetime2(3) NOT NULL,
    caused_by   nvarchar(4000) COLLATE Latin1_General_100_BIN2 NOT NULL
);

CREATE INDEX posting_events_by_key ON posting_events (posting_key, number);
