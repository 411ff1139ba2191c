-- What people did, one row an act, never changed. The key makes it one operation, the effect says what it does, by whom and why.

CREATE TABLE acts (
    number        bigint PRIMARY KEY,
    act_key       text COLLATE "C" NOT NULL UNIQUE,
    effect        text COLLATE "C" NOT NULL,
    pack_id       text COLLATE "C" NOT NULL,
    business_date date NOT NULL,
    subject       text COLLATE "C" NOT NULL,
    kind          text COLLATE "C" NOT NULL,
    detail        text NOT NULL,
    reason        text,
    acted_at      timestamptz(3) NOT NULL,
    acted_by      text NOT NULL
);

CREATE INDEX acts_by_subject ON acts (pack_id, subject);
