-- What the accountants have counted when they closed the day.
SELECT c.entries AS entries, c.total AS total
FROM closings AS c
WHERE c.account = @account AND c.day = @business_date
