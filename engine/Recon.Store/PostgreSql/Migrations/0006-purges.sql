-- Runs whose matches a policy removed. What they were stands in the audit chain.

CREATE TABLE purges (
    run       bigint PRIMARY KEY REFERENCES runs (number),
    purged_at timestamptz(3) NOT NULL,
    purged_by text NOT NULL,
    policy    text COLLATE "C" NOT NULL,
    matches   bigint NOT NULL,
    bytes     bigint NOT NULL
);
