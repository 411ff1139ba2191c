-- What a node asks of every store in its turn: which runs are due, who has them and how they ended.

-- The one row is written first in every turn, so that the turns of all nodes come one after the other.
-- name: schedule.take_turn
UPDATE schedule_turns SET turn = turn + 1

-- name: schedule_packs.all
SELECT pack_id, looked_until, paused_by, paused_at FROM schedule_packs ORDER BY pack_id

-- name: schedule_packs.change
UPDATE schedule_packs SET looked_until = @looked_until, paused_by = @paused_by, paused_at = @paused_at WHERE pack_id = @pack_id

-- name: schedule_packs.add
INSERT INTO schedule_packs (looked_until, paused_by, paused_at, pack_id) VALUES (@looked_until, @paused_by, @paused_at, @pack_id)

-- part: due_run
SELECT
    pack_id, business_date, slot, cause, state, found_at, not_before, faults, looks, lapses, owner, epoch, lease_until, ended_at, run_id,
    detail
FROM due_runs

-- name: due_runs.open
{due_run} WHERE state IN ('Due', 'Running') ORDER BY pack_id, business_date, slot

-- name: due_runs.of_date
{due_run} WHERE pack_id = @pack_id AND business_date = @business_date ORDER BY slot

-- name: due_runs.newest
{due_run} WHERE @pack_id IS NULL OR pack_id = @pack_id ORDER BY found_at DESC, slot DESC, pack_id {first_limit}

-- name: due_runs.change
UPDATE due_runs SET
    cause = @cause, state = @state, found_at = @found_at, not_before = @not_before, faults = @faults, looks = @looks, lapses = @lapses,
    owner = @owner, epoch = @epoch, lease_until = @lease_until, ended_at = @ended_at, run_id = @run_id, detail = @detail
WHERE pack_id = @pack_id AND business_date = @business_date AND slot = @slot

-- name: due_runs.add
INSERT INTO due_runs (
    cause, state, found_at, not_before, faults, looks, lapses, owner, epoch, lease_until, ended_at, run_id, detail, pack_id, business_date,
    slot)
VALUES (
    @cause, @state, @found_at, @not_before, @faults, @looks, @lapses, @owner, @epoch, @lease_until, @ended_at, @run_id, @detail, @pack_id,
    @business_date, @slot)
