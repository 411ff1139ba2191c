-- What is asked of PostgreSQL and SQL Server alike: who holds the right to run a pack and date. Times are the server's own, so that
-- the clocks of nodes do not matter.

-- part: of_lease
pack_id = @pack_id AND business_date = @business_date AND holder = @holder

-- name: leases.add
INSERT INTO leases (pack_id, business_date, fence, holder, expires_at)
SELECT @pack_id, @business_date, 0, NULL, {now}
WHERE NOT EXISTS (SELECT 1 FROM leases WHERE pack_id = @pack_id AND business_date = @business_date)

-- name: leases.take
UPDATE leases SET fence = fence + 1, holder = @holder, expires_at = {in_seconds}
WHERE pack_id = @pack_id AND business_date = @business_date AND (holder IS NULL OR expires_at < {now})

-- name: leases.fence
SELECT fence FROM leases WHERE {of_lease}

-- name: leases.holder
SELECT holder FROM leases WHERE pack_id = @pack_id AND business_date = @business_date AND holder IS NOT NULL

-- name: leases.renew
UPDATE leases SET expires_at = {in_seconds} WHERE {of_lease} AND fence = @fence

-- name: leases.release
UPDATE leases SET holder = NULL WHERE {of_lease} AND fence = @fence

-- Rows whose run is not there, in the one table that does not refer to it.
-- name: store.orphans
SELECT 'breaks' FROM breaks
WHERE NOT EXISTS (SELECT 1 FROM runs WHERE runs.number = breaks.run)
ORDER BY breaks.run {first_one}
