// Workload W in SQL, tuned by hand, on DuckDB in this process.
using System.Globalization;
using DuckDB.NET.Data;
using Recon.Cli.Benching;

namespace Recon.Benchmarks.Peers;

/// <summary>
/// The four passes as joins. Rows are named by rowid, which is small and fast; wherever an order decides, it is that of the
/// ids. Sets in DuckDB's memory, all threads; open items need every column, so every column is loaded.
/// </summary>
sealed class DuckDbPeer : IDisposable
{
    const string Columns =
        "{'id': 'VARCHAR', 'ref': 'VARCHAR', 'account': 'VARCHAR', 'currency': 'VARCHAR', 'amount': 'DECIMAL(18,2)', "
        + "'value_date': 'DATE', 'counterparty': 'VARCHAR', 'description': 'VARCHAR'}";

    readonly DuckDBConnection _connection = new("DataSource=:memory:");

    DuckDbPeer() => _connection.Open();

    internal static void Run(string directory, string output, int threads)
    {
        var clock = new RoundClock();
        using var peer = new DuckDbPeer();
        peer.Execute($"SET threads = {threads}");
        peer.Execute("SET preserve_insertion_order = false");
        clock.Lap("open");
        peer.Load(directory);
        clock.Lap("load");
        peer.Exact();
        clock.Lap("pass 1");
        peer.NearAmount();
        clock.Lap("pass 2");
        peer.NearDate();
        clock.Lap("pass 3");
        peer.Split();
        clock.Lap("pass 4");
        peer.Write(output);
        clock.Lap("write");
        clock.Write(output);
    }

    public void Dispose() => _connection.Dispose();

    // An empty cell is NULL here, and NULL equals nothing: an empty reference never matches.
    void Load(string directory)
    {
        foreach (var table in Findings.Sources)
        {
            Execute($"""
                CREATE TABLE {table} AS SELECT * FROM read_csv('{Path.Combine(directory, table)}.csv', header = true,
                auto_detect = false, delim = ',', quote = '"', escape = '"', columns = {Columns})
                """);
        }

        Execute("CREATE TABLE m(pass TINYINT, l BIGINT, b BIGINT)");
    }

    // Pairs of rows that stand in one pair only are matches at once; the few others are ranked: k-th with k-th by id.
    void Exact()
    {
        Execute("""
            CREATE TABLE j AS SELECT l.rowid AS l, b.rowid AS b FROM ledger l JOIN bank b
            ON l.ref = b.ref AND l.account = b.account AND l.currency = b.currency AND l.amount = b.amount
            """);
        Execute("CREATE TABLE several_l AS SELECT l FROM j GROUP BY l HAVING count(*) > 1");
        Execute("CREATE TABLE several_b AS SELECT b FROM j GROUP BY b HAVING count(*) > 1");
        Execute("""
            INSERT INTO m SELECT 1, l, b FROM j
            WHERE l NOT IN (SELECT l FROM several_l) AND b NOT IN (SELECT b FROM several_b)
            """);
        Execute("""
            INSERT INTO m SELECT 1, l, b FROM (
                SELECT j.l, j.b,
                    row_number() OVER (PARTITION BY j.b ORDER BY ledger.id) AS rank_l,
                    row_number() OVER (PARTITION BY j.l ORDER BY bank.id) AS rank_b
                FROM j JOIN ledger ON ledger.rowid = j.l JOIN bank ON bank.rowid = j.b
                WHERE j.l IN (SELECT l FROM several_l) OR j.b IN (SELECT b FROM several_b))
            WHERE rank_l = rank_b
            """);
        foreach (var (table, side) in new[] { ("ledger", 'l'), ("bank", 'b') })
        {
            Execute($"""
                CREATE TABLE rest_{side} AS SELECT rowid AS r, id, ref, account, currency, amount, value_date FROM {table}
                WHERE rowid NOT IN (SELECT {side} FROM m)
                """);
        }
    }

    void NearAmount()
    {
        Execute("""
            CREATE TABLE candidates AS SELECT l.r AS l, b.r AS b, l.id AS lid, b.id AS bid, abs(l.amount - b.amount) AS cost
            FROM rest_l l JOIN rest_b b ON l.ref = b.ref AND l.account = b.account AND l.currency = b.currency
            AND abs(l.amount - b.amount) <= 0.05
            """);
        TakeClosest(pass: 2);
    }

    void NearDate()
    {
        Execute("""
            CREATE OR REPLACE TABLE candidates AS SELECT l.r AS l, b.r AS b, l.id AS lid, b.id AS bid,
            abs(l.value_date - b.value_date) AS cost
            FROM rest_l l JOIN rest_b b ON l.account = b.account AND l.currency = b.currency AND l.amount = b.amount
            AND abs(l.value_date - b.value_date) <= 2
            """);
        TakeClosest(pass: 3);
    }

    // Pairs that are each other's best are what a greedy walk by (cost, ledger id, bank id) takes; again until none is left.
    void TakeClosest(int pass)
    {
        while (Number("SELECT count(*) FROM candidates") > 0)
        {
            Execute("""
                CREATE OR REPLACE TABLE best AS SELECT l, b FROM (
                    SELECT l, b,
                        row_number() OVER (PARTITION BY l ORDER BY cost, lid, bid) AS rank_l,
                        row_number() OVER (PARTITION BY b ORDER BY cost, lid, bid) AS rank_b
                    FROM candidates)
                WHERE rank_l = 1 AND rank_b = 1
                """);
            Execute($"INSERT INTO m SELECT {pass}, l, b FROM best");
            Execute("DELETE FROM candidates WHERE l IN (SELECT l FROM best) OR b IN (SELECT b FROM best)");
        }

        Execute($"DELETE FROM rest_l WHERE r IN (SELECT l FROM m WHERE pass = {pass})");
        Execute($"DELETE FROM rest_b WHERE r IN (SELECT b FROM m WHERE pass = {pass})");
    }

    // All that is left of a key together; the first row of the ledger takes them.
    void Split() => Execute("""
        INSERT INTO m SELECT 4, g.l, b.r FROM (
            SELECT arg_min(l.r, l.id) AS l, l.ref, l.account, l.currency FROM rest_l l JOIN (
                SELECT ref, account, currency, sum(amount) AS total FROM rest_b WHERE ref IS NOT NULL
                GROUP BY ref, account, currency HAVING count(*) >= 2) b
            ON l.ref = b.ref AND l.account = b.account AND l.currency = b.currency AND l.amount = b.total
            GROUP BY l.ref, l.account, l.currency) g
        JOIN rest_b b ON g.ref = b.ref AND g.account = b.account AND g.currency = b.currency
        """);

    void Write(string output)
    {
        Copy("SELECT m.pass, l.id, b.id FROM m JOIN ledger l ON l.rowid = m.l JOIN bank b ON b.rowid = m.b", output, RoundFiles.Matches);
        foreach (var (table, side) in new[] { ("ledger", 'l'), ("bank", 'b') })
        {
            Copy($"SELECT * FROM {table} WHERE rowid NOT IN (SELECT {side} FROM m)", output, RoundFiles.OpenName(table));
        }

        Copy(
            """
            SELECT count(DISTINCT m.l), count(DISTINCT m.l), count(m.l) FROM range(1, 5) p LEFT JOIN m ON m.pass = p.range
            GROUP BY p.range ORDER BY p.range
            """,
            output, RoundFiles.Passes);
        Copy($"{Totals("ledger", 'l')} UNION ALL {Totals("bank", 'b')}", output, RoundFiles.Totals);
    }

    static string Totals(string table, char side) => $"""
        SELECT '{table}', t.currency, sum(t.amount),
            coalesce(sum(t.amount) FILTER (m.{side} IS NOT NULL), 0.00), coalesce(sum(t.amount) FILTER (m.{side} IS NULL), 0.00)
        FROM {table} t LEFT JOIN (SELECT DISTINCT {side} FROM m) m ON m.{side} = t.rowid GROUP BY t.currency
        """;

    void Copy(string query, string output, string name) =>
        Execute($"COPY ({query}) TO '{Path.Combine(output, name)}' (FORMAT csv, HEADER)");

    void Execute(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    long Number(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        return Convert.ToInt64(command.ExecuteScalar(), CultureInfo.InvariantCulture);
    }
}
