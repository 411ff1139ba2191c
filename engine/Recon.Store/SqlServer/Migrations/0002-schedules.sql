-- Runs that are due, who has them and how they ended. The one row of schedule_turns is written first in every turn of a node, so
-- that turns come one after the other.

CREATE TABLE schedule_turns (
    turn bigint NOT NULL
);

INSERT INTO schedule_turns (turn) VALUES (0);

CREATE TABLE schedule_packs (
    pack_id      nvarchar(200) COLLATE Latin1_General_100_BIN2 PRIMARY KEY,
    looked_until datetime2(3) NOT NULL,
    paused_by    nvarchar(4000) COLLATE Latin1_General_100_BIN2,
    paused_at    datetime2(3)
);

CREATE TABLE due_runs (
    pack_id       nvarchar(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
    business_date date NOT NULL,
    slot          datetime2(3) NOT NULL,
    cause         nvarchar(40) COLLATE Latin1_General_100_BIN2 NOT NULL,
    state         nvarchar(40) COLLATE Latin1_General_100_BIN2 NOT NULL,
    found_at      datetime2(3) NOT NULL,
    not_before    datetime2(3) NOT NULL,
    faults        bigint NOT NULL,
    looks         bigint NOT NULL,
    lapses        bigint NOT NULL,
    owner         nvarchar(4000) COLLATE Latin1_General_100_BIN2,
    epoch         bigint NOT NULL,
    lease_until   datetime2(3),
    ended_at      datetime2(3),
    run_id        nvarchar(64) COLLATE Latin1_General_100_BIN2,
    detail        nvarchar(4000) COLLATE Latin1_General_100_BIN2,
    PRIMARY KEY (pack_id, business_date, slot)
);

CREATE INDEX due_runs_by_state ON due_runs (state, pack_id);
CREATE INDEX due_runs_by_found_at ON due_runs (found_at);
