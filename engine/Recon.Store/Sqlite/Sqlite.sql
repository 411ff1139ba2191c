-- What SQLite says in its own words.

-- part: first_one
LIMIT 1

-- part: first_six
LIMIT 6

-- part: first_limit
LIMIT @limit

-- SQLite takes CROSS JOIN as the order in which to go through the tables.
-- part: run_by_run
CROSS JOIN

-- part: bytes_of_data
length(data)

-- name: store.identity
SELECT
    (SELECT application_id FROM pragma_application_id),
    (SELECT user_version FROM pragma_user_version),
    (SELECT count(*) FROM sqlite_schema WHERE name NOT LIKE 'sqlite%' AND name <> 'SchemaVersions')

-- name: store.scripts_run
SELECT ScriptName FROM SchemaVersions ORDER BY ScriptName DESC

-- name: store.integrity
PRAGMA integrity_check(1)

-- name: store.orphans
PRAGMA foreign_key_check
