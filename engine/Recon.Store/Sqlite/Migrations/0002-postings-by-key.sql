-- What runs said about one key, newest first: a reversal may have been withdrawn since.

PRAGMA user_version = 2;

CREATE INDEX posting_mentions_by_key ON posting_mentions (posting_key, run);
