-- How ledger.db was made: sqlite3 ledger.db < ledger.sql
CREATE TABLE entries (entry_no TEXT PRIMARY KEY, account TEXT NOT NULL, reference TEXT, amount TEXT NOT NULL, currency TEXT NOT NULL, booked TEXT NOT NULL);
CREATE TABLE closings (account TEXT NOT NULL, day TEXT NOT NULL, entries INTEGER NOT NULL, total TEXT NOT NULL, PRIMARY KEY (account, day));
INSERT INTO entries VALUES
  ('L-0995', '1200', 'INV-0901', '250.00', 'EUR', '2026-02-20'),
  ('L-1001', '1200', 'INV-1001', '119.00', 'EUR', '2026-02-24'),
  ('L-1002', '1200', ' inv-1002', '59.50', 'EUR', '2026-02-25'),
  ('L-1003', '1200', 'INV-1003', '1000000.01', 'EUR', '2026-02-26'),
  ('L-1004', '1200', NULL, '-12.90', 'EUR', '2026-02-26'),
  ('L-1005', '6855', 'INV-1003', '12.90', 'EUR', '2026-02-26'),
  ('L-1006', '1200', 'INV-1006', '80.00', 'EUR', '2026-02-27'),
  ('L-1007', '1200', 'INV-1007', '33.00', 'EUR', '2026-03-02');
INSERT INTO closings VALUES ('1200', '2026-02-27', 5, '1000245.61');
