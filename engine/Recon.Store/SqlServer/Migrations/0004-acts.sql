-- What people did, one row an act, never changed. The key makes it one operation, the effect says what it does, by whom and why.

CREATE TABLE acts (
    number        bigint PRIMARY KEY,
    act_key       nvarchar(200) COLLATE Latin1_General_100_BIN2 NOT NULL UNIQUE,
    effect        nvarchar(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
    pack_id       nvarchar(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
    business_date date NOT NULL,
    subject       nvarchar(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
    kind          nvarchar(40) COLLATE Latin1_General_100_BIN2 NOT NULL,
    detail        nvarchar(max) COLLATE Latin1_General_100_BIN2 NOT NULL,
    reason        nvarchar(4000) COLLATE Latin1_General_100_BIN2,
    acted_at      datetime2(3) NOT NULL,
    acted_by      nvarchar(4000) COLLATE Latin1_General_100_BIN2 NOT NULL
);

CREATE INDEX acts_by_subject ON acts (pack_id, subject);
