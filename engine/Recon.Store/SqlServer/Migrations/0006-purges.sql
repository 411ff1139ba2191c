-- Runs whose matches a policy removed. What they were stands in the audit chain.

CREATE TABLE purges (
    run       bigint PRIMARY KEY REFERENCES runs (number),
    purged_at datetime2(3) NOT NULL,
    purged_by nvarchar(4000) COLLATE Latin1_General_100_BIN2 NOT NULL,
    policy    nvarchar(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
    matches   bigint NOT NULL,
    bytes     bigint NOT NULL
);
