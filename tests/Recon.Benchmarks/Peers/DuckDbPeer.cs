// Workload W in SQL, tuned by hand, on DuckDB in this process.
using System.Globalization;
using DuckDB.NET.Data;
using Recon.Cli.Benching;

namespace Recon.Benchmarks.Peers;

/// <summary>
/// The four passes as joins, in DuckDB's memory, on all threads. Matches carry row numbers, which are small, and ids, which
/// decide every order and are what is written: fetching them at the end would join everything once more. What is left shrinks
/// from pass to pass and is written at the end as it stands, with every column, so every column is loaded. Order of insertion
/// is not kept: it costs a third of the loading.
/// </summary>
sealed class DuckDbPeer : IDisposable
{
    const string Columns =
        "{'id': 'VARCHAR', 'ref': 'VARCHAR', 'account': 'VARCHAR', 'currency': 'VARCHAR', 'amount': 'DECIMAL(18,2)', "
        + "'value_date': 'DATE', 'counterparty': 'VARCHAR', 'description': 'VARCHAR'}";

    static readonly (string Table, char Side)[] Sides = [("ledger", 'l'), ("bank", 'b')];

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
        foreach (var (table, _) in Sides)
        {
            Execute($"""
                CREATE TABLE {table} AS SELECT * FROM read_csv('{Path.Combine(directory, table)}.csv', header = true,
                auto_detect = false, delim = ',', quote = '"', escape = '"', columns = {Columns})
                """);
        }
    }

    // Pairs whose rows stand in no other pair are matches at once; the few others are ranked: k-th with k-th by id.
    void Exact()
    {
        Execute("""
            CREATE TABLE matches AS SELECT 1::TINYINT AS pass, l.rowid AS l, b.rowid AS b, l.id AS l_id, b.id AS b_id
            FROM ledger l JOIN bank b
            ON l.ref = b.ref AND l.account = b.account AND l.currency = b.currency AND l.amount = b.amount
            """);
        Execute("""
            CREATE TABLE several AS SELECT l, b, l_id, b_id FROM matches
            WHERE l IN (SELECT l FROM matches GROUP BY l HAVING count(*) > 1)
            OR b IN (SELECT b FROM matches GROUP BY b HAVING count(*) > 1)
            """);
        Execute("DELETE FROM matches WHERE l IN (SELECT l FROM several)");
        Execute("""
            INSERT INTO matches SELECT 1, l, b, l_id, b_id FROM (
                SELECT *, row_number() OVER (PARTITION BY b ORDER BY l_id) AS rank_l,
                    row_number() OVER (PARTITION BY l ORDER BY b_id) AS rank_b
                FROM several)
            WHERE rank_l = rank_b
            """);
        foreach (var (table, side) in Sides)
        {
            Execute($"""
                CREATE TABLE rest_{side} AS SELECT rowid AS r, * FROM {table} WHERE rowid NOT IN (SELECT {side} FROM matches)
                """);
        }
    }

    void NearAmount()
    {
        Execute("""
            CREATE TABLE candidates AS SELECT l.r AS l, b.r AS b, l.id AS l_id, b.id AS b_id, abs(l.amount - b.amount) AS cost
            FROM rest_l l JOIN rest_b b ON l.ref = b.ref AND l.account = b.account AND l.currency = b.currency
            AND abs(l.amount - b.amount) <= 0.05
            """);
        TakeClosest(pass: 2);
    }

    void NearDate()
    {
        Execute("""
            CREATE OR REPLACE TABLE candidates AS SELECT l.r AS l, b.r AS b, l.id AS l_id, b.id AS b_id,
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
                CREATE OR REPLACE TABLE best AS SELECT l, b, l_id, b_id FROM (
                    SELECT *, row_number() OVER (PARTITION BY l ORDER BY cost, l_id, b_id) AS rank_l,
                        row_number() OVER (PARTITION BY b ORDER BY cost, l_id, b_id) AS rank_b
                    FROM candidates)
                WHERE rank_l = 1 AND rank_b = 1
                """);
            TakeBest(pass);
            Execute("DELETE FROM candidates WHERE l IN (SELECT l FROM best) OR b IN (SELECT b FROM best)");
        }
    }

    // All that is left of a key together; the first row of the ledger takes them.
    void Split()
    {
        Execute("""
            CREATE OR REPLACE TABLE best AS SELECT l.l, b.r AS b, l.l_id, b.id AS b_id FROM (
                SELECT arg_min(l.r, l.id) AS l, min(l.id) AS l_id, l.ref, l.account, l.currency FROM rest_l l JOIN (
                    SELECT ref, account, currency, sum(amount) AS total FROM rest_b WHERE ref IS NOT NULL
                    GROUP BY ref, account, currency HAVING count(*) >= 2) b
                ON l.ref = b.ref AND l.account = b.account AND l.currency = b.currency AND l.amount = b.total
                GROUP BY l.ref, l.account, l.currency) l
            JOIN rest_b b ON l.ref = b.ref AND l.account = b.account AND l.currency = b.currency
            """);
        TakeBest(pass: 4);
    }

    void TakeBest(int pass)
    {
        Execute($"INSERT INTO matches SELECT {pass}, l, b, l_id, b_id FROM best");
        Execute("DELETE FROM rest_l WHERE r IN (SELECT l FROM best)");
        Execute("DELETE FROM rest_b WHERE r IN (SELECT b FROM best)");
    }

    void Write(string output)
    {
        Copy("SELECT pass, l_id, b_id FROM matches", output, RoundFiles.Matches);
        foreach (var (table, side) in Sides)
        {
            Copy($"SELECT * EXCLUDE r FROM rest_{side}", output, RoundFiles.OpenName(table));
        }

        Copy(
            """
            SELECT coalesce(m.groups, 0), coalesce(m.groups, 0), coalesce(m.pairs, 0) FROM range(1, 5) p LEFT JOIN (
                SELECT pass, if(pass = 4, count(DISTINCT l) FILTER (pass = 4), count(*)) AS groups, count(*) AS pairs
                FROM matches GROUP BY pass) m
            ON m.pass = p.range ORDER BY p.range
            """,
            output, RoundFiles.Passes);
        Copy(string.Join(" UNION ALL ", Sides.Select(each => Totals(each.Table, each.Side))), output, RoundFiles.Totals);
    }

    // Matched is what is not open: only the few open rows are added up once more.
    static string Totals(string table, char side) => $"""
        SELECT '{table}', t.currency, t.total, t.total - coalesce(o.total, 0.00), coalesce(o.total, 0.00)
        FROM (SELECT currency, sum(amount) AS total FROM {table} GROUP BY currency) t
        LEFT JOIN (SELECT currency, sum(amount) AS total FROM rest_{side} GROUP BY currency) o USING (currency)
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
