// The law of push-down: whether the server joins or not, the run decides the same.
using Recon.Model;
using Recon.Tests.Laws;
using Xunit;

namespace Recon.Tests.Sources.Databases.Joining;

/// <summary>Small tables of few values, so that keys repeat, are empty, and differ in blanks, case and accents only; over two dates.</summary>
public sealed class JoinLaws
{
    static readonly string?[] Refs = ["r1", "R1", "r1 ", " r1", "é", "e\u0301", "", " ", null, "ß", "ss"];
    static readonly string?[] Memos = [null, "", "fee", "x"];
    static readonly string[] Passes = ["key: [code, amount]", "key: code\n    compare: { books.amount: bank.amount }", "key: [code, amount, note]"];
    static readonly string[] Ties = ["ask", "{ oldest: id }"];

    static readonly string[] Tables = ["books", "bank"];

    public static TheoryData<DatabaseServer, int> Servers => new()
    {
        { DatabaseServer.Sqlite, 8 }, { DatabaseServer.PostgreSql, 4 }, { DatabaseServer.MySql, 2 }, { DatabaseServer.SqlServer, 2 },
    };

    [Theory]
    [MemberData(nameof(Servers))]
    public void A_run_decides_the_same_whether_the_server_joins_or_not(DatabaseServer server, int books)
    {
        using var database = TestDatabase.OrSkip(server);
        TestContext.Current.TestOutputHelper?.WriteLine($"RECON_LAW_SEED={Law.Seed}");
        var random = new Random(unchecked((int)Law.Seed));
        var packs = Passes.SelectMany(pass => Ties.Select(tie => new JoinedPack(pass, tie))).ToList();
        var (joined, whole, runs) = (0, 0, 0);

        // A few books may be such that no row can be joined; then more are drawn, for it is about those that are.
        for (var book = 0; book < books || (joined == 0 && book < 20 * books); book++)
        {
            var tables = new RandomTables(random, database);
            var records = packs[book % packs.Count].SameAnswers(database.Connection, dates: 2, tables.Write);
            joined += records.Sum(JoinedPack.JoinedIn);
            whole += records.Count(record => JoinedPack.WholeBecause(record) is not null);
            runs += records.Count;
        }

        packs.ForEach(pack => pack.Dispose());
        Assert.True(joined > 0 && whole < runs, $"{joined} rows joined, {whole} of {runs} runs whole");
    }

    sealed class RandomTables(Random random, TestDatabase database)
    {
        readonly List<string>[] _rows = [[], []];

        // Rows of the date before come again, some with what is compared changed; new ones come besides.
        public void Write(int date)
        {
            foreach (var (side, table) in Tables.Index())
            {
                _rows[side] = [.. _rows[side].Where(_ => random.Next(4) > 0)];
                var rows = random.Next(1, 60);
                for (var row = 0; row < rows; row++)
                {
                    _rows[side].Add(Row($"{table[1]}{date}{(random.Next(60) == 0 ? 0 : row)}", $"k{date}{(random.Next(4) == 0 ? random.Next(60) : row)}"));
                }

                Fill(table, _rows[side]);
            }
        }

        string Row(string id, string key)
        {
            var reference = random.Next(3) > 0 ? key : Refs[random.Next(Refs.Length)];
            var amount = random.Next(16) switch { 0 => "NULL", 1 => Digits("1.5"), 2 => Digits("1.50"), 3 => Digits("2.25"), _ => Digits("1.00") };
            var currency = random.Next(16) == 0 ? "USD" : "EUR";
            var (note, memo) = (random.Next(6) == 0 ? "b" : "a", Memos[random.Next(4)]);
            return $"({Text(id)}, {Text(reference)}, {amount}, {Text(currency)}, {Text(note)}, {Text(memo)}, {Text("never read")})";
        }

        // In SQLite an exact amount is a text, which may be anything.
        string Digits(string digits) => database.Server == DatabaseServer.Sqlite ? $"'{(random.Next(100) == 0 ? "1,x" : digits)}'" : digits;

        string Text(string? text) => text is null ? "NULL" : $"{database.Words.Unicode}'{text}'";

        void Fill(string table, List<string> rows)
        {
            var text = database.Words.Text;
            database.Execute($"DROP TABLE IF EXISTS {table}");
            database.Execute(
                $"CREATE TABLE {table} (id {text}, code {text}{Collation}, amount {Amount}, ccy {text}, note {text}, memo {text}, spare {text})");
            if (rows.Count > 0)
            {
                database.Execute($"INSERT INTO {table} VALUES {string.Join(", ", rows)}");
            }
        }

        string Amount => database.Server switch
        {
            DatabaseServer.Sqlite => "TEXT",
            DatabaseServer.PostgreSql => "numeric",
            _ => "decimal(18, 2)",
        };

        // One under which texts of other letters are equal, where the server has such.
        string Collation => database.Server == DatabaseServer.Sqlite ? " COLLATE NOCASE" : "";
    }
}
