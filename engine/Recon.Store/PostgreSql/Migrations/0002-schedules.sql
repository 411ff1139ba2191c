-- Runs that are due, who has them and how they ended. The one row of schedule_turns is written first in every turn of a node, so
-- that turns come one after the other.

CREATE TABLE schedule_turns (
    turn bigint NOT NULL
);

INSERT INTO schedule_turns (turn) VALUES (0);

CREATE TABLE schedule_packs (
    pack_id      text COLLATE "C" PRIMARY KEY,
    looked_until timestamptz(3) NOT NULL,
    paused_by    text,
    paused_at    timestamptz(3)
);

CREATE TABLE due_runs (
    pack_id       text COLLATE "C" NOT NULL,
    business_date date NOT NULL,
    slot          timestamptz(3) NOT NULL,
    cause         text COLLATE "C" NOT NULL,
    state         text COLLATE "C" NOT NULL,
    found_at      timestamptz(3) NOT NULL,
    not_before    timestamptz(3) NOT NULL,
    faults        bigint NOT NULL,
    looks         bigint NOT NULL,
    lapses        bigint NOT NULL,
    owner         text,
    epoch         bigint NOT NULL,
    lease_until   timestamptz(3),
    ended_at      timestamptz(3),
    run_id        text COLLATE "C",
    detail        text,
    PRIMARY KEY (pack_id, business_date, slot)
);

CREATE INDEX due_runs_by_state ON due_runs (state, pack_id);
CREATE INDEX due_runs_by_found_at ON due_runs (found_at);
