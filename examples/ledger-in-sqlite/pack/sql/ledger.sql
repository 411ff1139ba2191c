-- The entries of the bank account whose booking day lies in the window.
SELECT e.entry_no,
       e.reference,
       e.amount,                          -- TEXT, signed: SQLite has no exact number with digits behind the point
       e.currency,
       e.booked
FROM entries AS e
WHERE e.account = @account
  AND e.booked >= @window_from
  AND e.booked <= @window_to
ORDER BY e.entry_no
