-- Entries of the account; "update" is a column.
SELECT entry_id, order_ref, amount, booked::date AS booked, "update", tags[1] /* the first */
FROM entries
WHERE account = @account AND amount >= @least AND kind = @kind AND note <> 'it''s; --'
  AND booked BETWEEN @window_from AND @window_to AND booked >= @since;
