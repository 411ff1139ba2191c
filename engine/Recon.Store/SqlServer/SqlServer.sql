-- What SQL Server says in its own words. All tables are in the schema dbo, which is the default of the users that migrate and run.

-- part: first_one
OFFSET 0 ROWS FETCH NEXT 1 ROWS ONLY

-- part: first_six
OFFSET 0 ROWS FETCH NEXT 6 ROWS ONLY

-- part: first_limit
OFFSET 0 ROWS FETCH NEXT @limit ROWS ONLY

-- part: run_by_run
JOIN

-- part: bytes_of_data
CAST(DATALENGTH(data) AS bigint)

-- part: now
SYSUTCDATETIME()

-- part: in_seconds
DATEADD(second, CAST(@seconds AS int), SYSUTCDATETIME())

-- Whoever waits longer for a turn gives up and says so.
-- name: schedule.take_turn
SET LOCK_TIMEOUT 30000;
UPDATE schedule_turns SET turn = turn + 1

-- Whether a transaction may read as of one moment without keeping writers out.
-- name: store.allows_snapshots
SELECT CAST(snapshot_isolation_state AS bigint) FROM sys.databases WHERE name = DB_NAME()

-- name: store.has_journal
SELECT CASE WHEN OBJECT_ID(N'dbo.schema_versions') IS NULL THEN 0 ELSE 1 END

-- name: store.scripts_run
SELECT ScriptName FROM dbo.schema_versions ORDER BY ScriptName

-- The user or role that runs: it reads all and appends, and changes nothing but leases, the schedule and Quartz's triggers. <role> is a quoted identifier.
-- name: store.grant
GRANT SELECT ON dbo.schema_versions TO <role>;
GRANT SELECT, INSERT ON runs TO <role>;
GRANT SELECT, INSERT ON documents TO <role>;
GRANT SELECT, INSERT ON evidence TO <role>;
GRANT SELECT, INSERT ON evidence_files TO <role>;
GRANT SELECT, INSERT ON evidence_attempts TO <role>;
GRANT SELECT ON purges TO <role>;
GRANT SELECT, INSERT ON open_items TO <role>;
GRANT SELECT, INSERT ON settled TO <role>;
GRANT SELECT, INSERT ON statement_closings TO <role>;
GRANT SELECT, INSERT ON breaks TO <role>;
GRANT SELECT, INSERT ON break_segments TO <role>;
GRANT SELECT, INSERT ON postings TO <role>;
GRANT SELECT, INSERT ON posting_mentions TO <role>;
GRANT SELECT, INSERT ON acts TO <role>;
GRANT SELECT, INSERT ON reinstatements TO <role>;
GRANT SELECT, INSERT ON reinstatement_mentions TO <role>;
GRANT SELECT, INSERT ON audit TO <role>;
GRANT SELECT, INSERT, UPDATE ON leases TO <role>;
GRANT SELECT, INSERT, UPDATE ON schedule_turns TO <role>;
GRANT SELECT, INSERT, UPDATE ON schedule_packs TO <role>;
GRANT SELECT, INSERT, UPDATE ON due_runs TO <role>;
GRANT SELECT, INSERT, UPDATE, DELETE ON QRTZ_JOB_DETAILS TO <role>;
GRANT SELECT, INSERT, UPDATE, DELETE ON QRTZ_TRIGGERS TO <role>;
GRANT SELECT, INSERT, UPDATE, DELETE ON QRTZ_SIMPLE_TRIGGERS TO <role>;
GRANT SELECT, INSERT, UPDATE, DELETE ON QRTZ_CRON_TRIGGERS TO <role>;
GRANT SELECT, INSERT, UPDATE, DELETE ON QRTZ_SIMPROP_TRIGGERS TO <role>;
GRANT SELECT, INSERT, UPDATE, DELETE ON QRTZ_BLOB_TRIGGERS TO <role>;
GRANT SELECT, INSERT, UPDATE, DELETE ON QRTZ_CALENDARS TO <role>;
GRANT SELECT, INSERT, UPDATE, DELETE ON QRTZ_PAUSED_TRIGGER_GRPS TO <role>;
GRANT SELECT, INSERT, UPDATE, DELETE ON QRTZ_PAUSED_JOB_GRPS TO <role>;
GRANT SELECT, INSERT, UPDATE, DELETE ON QRTZ_FIRED_TRIGGERS TO <role>;
GRANT SELECT, INSERT, UPDATE, DELETE ON QRTZ_SCHEDULER_STATE TO <role>;
GRANT SELECT, INSERT, UPDATE, DELETE ON QRTZ_LOCKS TO <role>;
GRANT SELECT, INSERT, UPDATE, DELETE ON QRTZ_EXECUTION_HISTORY TO <role>;
GRANT SELECT, INSERT, UPDATE, DELETE ON QRTZ_MISFIRE_HISTORY TO <role>;
GRANT SELECT, INSERT, UPDATE, DELETE ON QRTZ_JOB_STATUS TO <role>

-- The user or role that purges: it reads all, deletes matches and nothing else, and writes down that it did.
-- name: store.grant_purge
GRANT SELECT ON dbo.schema_versions TO <role>;
GRANT SELECT ON runs TO <role>;
GRANT SELECT ON documents TO <role>;
GRANT SELECT ON evidence_files TO <role>;
GRANT SELECT ON evidence_attempts TO <role>;
GRANT SELECT ON open_items TO <role>;
GRANT SELECT ON settled TO <role>;
GRANT SELECT ON statement_closings TO <role>;
GRANT SELECT ON breaks TO <role>;
GRANT SELECT ON break_segments TO <role>;
GRANT SELECT ON postings TO <role>;
GRANT SELECT ON posting_mentions TO <role>;
GRANT SELECT ON reinstatements TO <role>;
GRANT SELECT ON reinstatement_mentions TO <role>;
GRANT SELECT ON acts TO <role>;
GRANT SELECT, DELETE ON evidence TO <role>;
GRANT SELECT, INSERT ON purges TO <role>;
GRANT SELECT, INSERT ON audit TO <role>;
GRANT SELECT, INSERT, UPDATE ON leases TO <role>
