-- What is asked of every store in the same words. A store's own file stands in its folder: it has what must be said there in other
-- words, and the parts that differ. "-- name:" begins a statement, "-- part:" a piece that others take in as {piece}.


-- part: run
SELECT
    number, id, run_key, pack_id, pack_version, business_date, revision, state, recorded_at, matches, breaks, posts, opening_hash,
    closing_hash
FROM runs

-- The number of the last event by which a run stands: its recording, or its newest reinstatement.
-- part: seat
coalesce((SELECT max(again.number) FROM reinstatements AS again WHERE again.run = runs.number), runs.number)

-- part: seat_of_newer
coalesce((SELECT max(again.number) FROM reinstatements AS again WHERE again.run = newer.number), newer.number)

-- A run that takes back all runs of its date that came to stand before it, and itself does not count.
-- part: not_undone
NOT EXISTS (
    SELECT 1 FROM runs AS undoing
    WHERE undoing.pack_id = runs.pack_id AND undoing.business_date = runs.business_date AND undoing.state = 'Undone'
        AND undoing.number >= {seat})

-- name: runs.of_run
SELECT
    number, id, run_key, pack_id, pack_version, business_date, revision, state, opening_run, opening_hash, closing_hash, recorded_at,
    recorded_by, matches, breaks, posts
FROM runs WHERE number = @run

-- name: runs.by_key
{run} WHERE run_key = @run_key

-- name: runs.by_id
{run} WHERE id = @id

-- name: runs.by_beginning
{run} WHERE run_key >= @from AND run_key < @to_exclusive ORDER BY run_key {first_six}

-- name: runs.newest_first
{run} WHERE @pack_id IS NULL OR pack_id = @pack_id ORDER BY number DESC {first_limit}

-- name: runs.of_pack
{run} WHERE pack_id = @pack_id ORDER BY business_date, {seat}

-- name: runs.places
SELECT runs.id, runs.business_date, runs.revision, {seat}, opening.id, runs.state
FROM runs LEFT JOIN runs AS opening ON opening.number = runs.opening_run
WHERE runs.pack_id = @pack_id

-- name: runs.of_date
{run} WHERE pack_id = @pack_id AND business_date = @business_date ORDER BY revision

-- name: runs.packs
SELECT DISTINCT pack_id FROM runs ORDER BY pack_id

-- name: runs.newest_before
{run} WHERE pack_id = @pack_id AND business_date < @business_date AND {not_undone} ORDER BY business_date DESC, {seat} DESC {first_one}

-- name: runs.revisions
SELECT coalesce(max(revision), 0) FROM runs WHERE pack_id = @pack_id AND business_date = @business_date

-- name: runs.standing
{run} WHERE pack_id = @pack_id AND business_date = @business_date AND {not_undone} ORDER BY {seat} DESC {first_one}

-- Runs and reinstatements are numbered together, in the order in which they happened.
-- name: runs.last_number
SELECT coalesce(max(number), 0)
FROM (SELECT max(number) AS number FROM runs UNION ALL SELECT max(number) AS number FROM reinstatements) AS events

-- From which run each run of a pack began, the newest first.
-- name: runs.openings
SELECT number, opening_run FROM runs
WHERE number <= @run AND pack_id = (SELECT asked.pack_id FROM runs AS asked WHERE asked.number = @run)
ORDER BY number DESC

-- The first run that does not begin where its opening run ended.
-- name: runs.wrong_opening
SELECT runs.id
FROM runs LEFT JOIN runs AS opening ON opening.number = runs.opening_run
WHERE runs.opening_hash <> coalesce(opening.closing_hash, @none)
ORDER BY runs.number {first_one}


-- name: documents.of_run
SELECT run, sha256, data FROM documents WHERE run = @run

-- name: documents.hash
SELECT sha256 FROM documents WHERE run = @run

-- name: evidence.of_run
SELECT run, leg, ordinal, sha256, data FROM evidence WHERE run = @run ORDER BY leg, ordinal

-- name: evidence.bytes
SELECT CAST(coalesce(sum({bytes_of_data}), 0) AS bigint) FROM evidence WHERE run = @run

-- name: evidence.purge
DELETE FROM evidence WHERE run = @run

-- part: purge
SELECT purges.run, runs.id, purges.purged_at, purges.purged_by, purges.policy, purges.matches, purges.bytes
FROM purges JOIN runs ON runs.number = purges.run

-- name: purges.all
{purge} ORDER BY purges.run

-- name: purges.of_run
{purge} WHERE purges.run = @run

-- name: purges.add
INSERT INTO purges (run, purged_at, purged_by, policy, matches, bytes) VALUES (@run, @purged_at, @purged_by, @policy, @matches, @bytes)

-- name: evidence_files.of_run
SELECT run, leg, ordinal, attempt, name, matches, bytes, sha256 FROM evidence_files WHERE run = @run ORDER BY leg, ordinal

-- name: evidence_attempts.add
INSERT INTO evidence_attempts (attempt, run_id, pack_id, business_date, begun_at) VALUES (@attempt, @run_id, @pack_id, @business_date, @begun_at)

-- part: attempts_without_run
SELECT attempt, run_id, pack_id, business_date FROM evidence_attempts
WHERE NOT EXISTS (SELECT 1 FROM evidence_files WHERE evidence_files.attempt = evidence_attempts.attempt)

-- name: evidence_attempts.without_run
{attempts_without_run} ORDER BY pack_id, business_date, attempt

-- name: evidence_attempts.without_run_of_date
{attempts_without_run} AND pack_id = @pack_id AND business_date = @business_date ORDER BY attempt

-- name: open_items.of_run
SELECT run, ordinal, sha256, data FROM open_items WHERE run = @run ORDER BY ordinal

-- name: settled.of_run
SELECT run, source, ordinal, sha256, data FROM settled WHERE run = @run ORDER BY source, ordinal

-- name: statement_closings.of_run
SELECT run, ordinal, source, account, statement_number, amount, currency, balance_date
FROM statement_closings WHERE run = @run ORDER BY ordinal

-- name: break_segments.of_run
SELECT run, ordinal, sha256, data FROM break_segments WHERE run = @run ORDER BY ordinal

-- The segment that has a break: the last that begins at or before it.
-- name: break_segments.holding
SELECT run, ordinal, sha256, data FROM break_segments WHERE run = @run AND ordinal <= @ordinal ORDER BY ordinal DESC {first_one}


-- name: breaks.of_run
SELECT run, id, ordinal, class, status, tier, dated_from, leg, source, record FROM breaks WHERE run = @run ORDER BY id, ordinal

-- part: breaks_asked
FROM breaks
WHERE run = @run AND (@class IS NULL OR class = @class) AND (@status IS NULL OR status = @status)
    AND (@with_settled = 1 OR NOT (status = 'Settled' AND tier IN ('Auto', 'AutoFlag')))

-- The order of BreakOrder.
-- name: breaks.gravest
SELECT run, ordinal {breaks_asked}
ORDER BY
    CASE status WHEN 'Loss' THEN 0 WHEN 'Disputed' THEN 1 WHEN 'Suspicious' THEN 2 WHEN 'Expected' THEN 3 ELSE 4 END,
    dated_from, leg, source, record, ordinal
{first_limit}

-- name: breaks.count
SELECT count(*) {breaks_asked}

-- What the run of the next date does not have; what a person closed always, for it may be open again.
-- name: breaks.gone
SELECT breaks.id, breaks.run, breaks.ordinal, CASE WHEN breaks.class = @withdrawn THEN 1 ELSE 0 END
FROM breaks
WHERE breaks.run = @run
    AND (@with_settled = 1 OR breaks.class = @resolved OR NOT (breaks.status = 'Settled' AND breaks.tier IN ('Auto', 'AutoFlag')))
    AND NOT EXISTS (SELECT 1 FROM breaks AS kept WHERE kept.run = @next AND kept.id = breaks.id)
ORDER BY breaks.id, breaks.ordinal

-- name: breaks.place
SELECT run, ordinal FROM breaks WHERE run = @run AND id = @id ORDER BY ordinal

-- name: breaks.places
SELECT id, ordinal FROM breaks WHERE run = @run ORDER BY id, ordinal

-- One step down the tree for each run: the tree begins with the run.
-- name: breaks.by_beginning
SELECT DISTINCT breaks.id FROM runs {run_by_run} breaks ON breaks.run = runs.number
WHERE breaks.id >= @from AND breaks.id < @to_exclusive ORDER BY breaks.id {first_six}

-- name: breaks.life
SELECT breaks.run, breaks.ordinal, runs.pack_id
FROM runs {run_by_run} breaks ON breaks.run = runs.number
WHERE breaks.id = @id
ORDER BY runs.business_date, runs.revision


-- name: postings.of_run
SELECT run, ordinal, posting_key, effect, "rule", target, debit, credit, amount, currency, tier, state, break_id
FROM postings WHERE run = @run ORDER BY ordinal

-- name: postings.queued_of_run
SELECT posting_key, amount, currency FROM postings WHERE run = @run AND state = 'Queued' ORDER BY ordinal

-- name: posting_mentions.of_run
SELECT run, ordinal, posting_key, effect, tier, state, break_id FROM posting_mentions WHERE run = @run ORDER BY ordinal

-- What has happened to it since counts, whatever runs say, until it leaves the outbox again. Of runs the one that came to stand last: a
-- reversal is proposed, withdrawn and proposed again.
-- part: state_now
coalesce(
    (SELECT CASE WHEN moved.state IN ('Sent', 'Acknowledged', 'Failed') THEN 'Queued' WHEN moved.state = 'Withdrawn' THEN NULL ELSE moved.state END FROM posting_events AS moved
    WHERE moved.posting_key = postings.posting_key AND moved.effect = postings.effect
    ORDER BY moved.number DESC {first_one}),
    (SELECT said.state FROM (
        SELECT {seat} AS number, mention.ordinal, mention.state
        FROM posting_mentions AS mention JOIN runs ON runs.number = mention.run
        WHERE mention.posting_key = postings.posting_key AND mention.effect = postings.effect
        UNION ALL
        SELECT mention.reinstatement, mention.ordinal, mention.state
        FROM reinstatement_mentions AS mention
        WHERE mention.posting_key = postings.posting_key AND mention.effect = postings.effect) AS said
    ORDER BY said.number DESC, said.ordinal DESC {first_one}),
    postings.state)

-- Where the delivery of what is in the outbox is.
-- part: delivery_now
coalesce(
    (SELECT CASE WHEN moved.state = 'Withdrawn' THEN 'Queued' ELSE moved.state END FROM posting_events AS moved
    WHERE moved.posting_key = postings.posting_key AND moved.effect = postings.effect
    ORDER BY moved.number DESC {first_one}),
    'Queued')

-- name: postings.by_key
SELECT postings.posting_key, postings.effect, {state_now}, runs.id, runs.business_date, {delivery_now}
FROM postings JOIN runs ON runs.number = postings.run
WHERE postings.posting_key = @posting_key

-- name: postings.by_break
SELECT
    postings.posting_key, {state_now}, runs.id, runs.business_date, postings.target, postings.debit, postings.credit,
    postings.amount, postings.currency, {delivery_now}
FROM postings JOIN runs ON runs.number = postings.run
WHERE postings.break_id = @break_id
ORDER BY postings.run, postings.ordinal

-- name: postings.queued_by_break
SELECT postings.posting_key, postings.effect, {state_now}, runs.id, runs.business_date, {delivery_now}
FROM postings JOIN runs ON runs.number = postings.run
WHERE postings.break_id = @break_id AND {state_now} = 'Queued'
ORDER BY postings.run, postings.ordinal {first_one}

-- The run that spoke of a posting last.
-- name: postings.said_by
SELECT runs.id
FROM posting_mentions AS mention JOIN runs ON runs.number = mention.run
WHERE mention.posting_key = @posting_key AND mention.effect = @effect
ORDER BY {seat} DESC, mention.ordinal DESC {first_one}

-- part: outbox
SELECT
    runs.pack_id, runs.id, runs.business_date, postings.posting_key, postings.effect, postings."rule", postings.target, postings.debit,
    postings.credit, postings.amount, postings.currency, postings.break_id, {state_now},
    {delivery_now}
FROM postings JOIN runs ON runs.number = postings.run

-- name: outbox.unacknowledged
{outbox}
WHERE runs.pack_id = @pack_id AND NOT EXISTS (
    SELECT 1 FROM posting_events AS done
    WHERE done.posting_key = postings.posting_key AND done.effect = postings.effect AND done.state = 'Acknowledged')
ORDER BY postings.run, postings.ordinal

-- name: outbox.newest
{outbox} WHERE @pack_id IS NULL OR runs.pack_id = @pack_id ORDER BY postings.run DESC, postings.ordinal DESC

-- Every posting of a pack, and when people last sent it on.
-- name: outbox.own
SELECT
    postings.posting_key, postings."rule", postings.target, postings.debit, postings.credit, postings.amount, postings.currency,
    {state_now}, {delivery_now}, runs.business_date,
    (SELECT max(sent.happened_at) FROM posting_events AS sent
    WHERE sent.posting_key = postings.posting_key AND sent.effect = postings.effect AND sent.state = 'Queued'),
    postings.break_id
FROM postings JOIN runs ON runs.number = postings.run
WHERE runs.pack_id = @pack_id

-- name: posting_events.of_key
SELECT state, detail, happened_at, caused_by FROM posting_events WHERE posting_key = @posting_key ORDER BY number

-- part: posting_event
SELECT number, posting_key, effect, state, detail, happened_at, caused_by FROM posting_events

-- name: posting_events.all
{posting_event} ORDER BY number

-- name: posting_events.last_number
SELECT coalesce(max(number), 0) FROM posting_events

-- name: posting_events.add
INSERT INTO posting_events (number, posting_key, effect, state, detail, happened_at, caused_by)
VALUES (@number, @posting_key, @effect, @state, @detail, @happened_at, @caused_by)

-- name: postings.held_by_another_date
SELECT runs.id
FROM posting_mentions AS held JOIN runs ON runs.number = held.run
WHERE held.posting_key = @posting_key AND held.effect = @effect
    AND (held.state = 'Queued' OR (@state <> 'Queued' AND held.state <> 'Withdrawn'))
    AND runs.pack_id = @pack_id AND runs.business_date <> @business_date
    AND NOT EXISTS (
        SELECT 1 FROM runs AS newer
        WHERE newer.pack_id = runs.pack_id AND newer.business_date = runs.business_date AND {seat_of_newer} > {seat})
ORDER BY runs.number {first_one}


-- name: reinstatements.add
INSERT INTO reinstatements (number, run, reinstated_at, reinstated_by) VALUES (@number, @run, @reinstated_at, @reinstated_by)

-- name: reinstatements.add_mention
INSERT INTO reinstatement_mentions (reinstatement, ordinal, posting_key, effect, state)
VALUES (@reinstatement, @ordinal, @posting_key, @effect, @state)

-- name: reinstatements.all
SELECT reinstatements.number, runs.id, reinstatements.reinstated_at, reinstatements.reinstated_by
FROM reinstatements JOIN runs ON runs.number = reinstatements.run ORDER BY reinstatements.number

-- No two of one reinstatement have the same.
-- name: reinstatements.with_ordinals_left_out
SELECT reinstatement FROM reinstatement_mentions
GROUP BY reinstatement HAVING min(ordinal) <> 0 OR max(ordinal) <> count(*) - 1

-- name: reinstatements.mentions
SELECT posting_key, effect, state FROM reinstatement_mentions WHERE reinstatement = @reinstatement ORDER BY ordinal


-- part: act
SELECT number, act_key, effect, pack_id, business_date, subject, kind, detail, reason, acted_at, acted_by FROM acts

-- name: acts.add
INSERT INTO acts (number, act_key, effect, pack_id, business_date, subject, kind, detail, reason, acted_at, acted_by)
VALUES (@number, @act_key, @effect, @pack_id, @business_date, @subject, @kind, @detail, @reason, @acted_at, @acted_by)

-- name: acts.by_key
{act} WHERE act_key = @act_key

-- name: acts.of_pack
{act} WHERE pack_id = @pack_id ORDER BY number

-- name: acts.all
{act} ORDER BY number

-- name: acts.last_number
SELECT coalesce(max(number), 0) FROM acts


-- name: audit.add
INSERT INTO audit (seq, at, who, action, payload, prev_hash, hash) VALUES (@seq, @at, @who, @action, @payload, @prev_hash, @hash)

-- name: audit.last
SELECT seq, at, who, action, payload, prev_hash, hash FROM audit ORDER BY seq DESC {first_one}

-- name: audit.in_order
SELECT seq, at, who, action, payload, prev_hash, hash FROM audit ORDER BY seq

-- name: audit.newest_of_action
SELECT payload, at, who FROM audit WHERE action = @action ORDER BY seq DESC
