-- What PostgreSQL says in its own words. All tables are in the schema recon, which the connection has as its search path.

-- part: first_one
LIMIT 1

-- part: first_six
LIMIT 6

-- part: first_limit
LIMIT @limit

-- part: run_by_run
JOIN

-- part: bytes_of_data
CAST(octet_length(data) AS bigint)

-- part: now
clock_timestamp()

-- part: in_seconds
clock_timestamp() + @seconds * interval '1 second'

-- One writer at a time; whoever waits longer gives up and says so.
-- name: store.lock_writing
SET LOCAL lock_timeout = '120s';
SELECT pg_advisory_xact_lock(1380142926)

-- Whoever waits longer for a turn gives up and says so; who stands still in its own loses it.
-- name: schedule.take_turn
SET LOCAL lock_timeout = '30s';
SET LOCAL idle_in_transaction_session_timeout = '10s';
UPDATE schedule_turns SET turn = turn + 1

-- name: store.has_schema
SELECT CASE WHEN to_regnamespace('recon') IS NULL THEN 0 ELSE 1 END

-- name: store.create_schema
CREATE SCHEMA recon

-- name: store.has_journal
SELECT CASE WHEN to_regclass('recon.schema_versions') IS NULL THEN 0 ELSE 1 END

-- name: store.scripts_run
SELECT scriptname FROM recon.schema_versions ORDER BY scriptname

-- The role that runs: it reads all and appends, and changes nothing but leases, the schedule and Quartz's triggers. <role> is a quoted identifier.
-- name: store.grant
GRANT USAGE ON SCHEMA recon TO <role>;
GRANT SELECT ON ALL TABLES IN SCHEMA recon TO <role>;
GRANT INSERT ON
    runs, documents, evidence, evidence_files, evidence_attempts, open_items, settled, statement_closings, breaks, break_segments,
    postings, posting_mentions, reinstatements, reinstatement_mentions, acts, audit, leases
TO <role>;
GRANT UPDATE ON leases TO <role>;
GRANT INSERT, UPDATE ON schedule_turns, schedule_packs, due_runs TO <role>;
GRANT INSERT, UPDATE, DELETE ON
    qrtz_job_details, qrtz_triggers, qrtz_simple_triggers, qrtz_cron_triggers, qrtz_simprop_triggers, qrtz_blob_triggers,
    qrtz_calendars, qrtz_paused_trigger_grps, qrtz_paused_job_grps, qrtz_fired_triggers, qrtz_scheduler_state, qrtz_locks,
    qrtz_execution_history, qrtz_misfire_history, qrtz_job_status
TO <role>

-- The role that purges: it reads all, deletes matches and nothing else, and writes down that it did.
-- name: store.grant_purge
GRANT USAGE ON SCHEMA recon TO <role>;
GRANT SELECT ON ALL TABLES IN SCHEMA recon TO <role>;
GRANT DELETE ON evidence TO <role>;
GRANT INSERT ON purges, audit, leases TO <role>;
GRANT UPDATE ON leases TO <role>
