SELECT entry_id
FROM entries
  FOR SHARE
