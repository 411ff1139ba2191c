// What every server answers is read exactly, as of one moment, and nothing is changed by asking.
using Recon.Model;
using Recon.Runs.Ports;
using Xunit;

namespace Recon.Tests.Sources.Databases;

public sealed class AnswerTests
{
    public static TheoryData<DatabaseServer> Servers =>
        [DatabaseServer.Sqlite, DatabaseServer.PostgreSql, DatabaseServer.SqlServer, DatabaseServer.MySql];

    const string Money = "id: text, amount: { type: money, currency: EUR }";

    [Theory]
    [MemberData(nameof(Servers))]
    public void Texts_and_whole_numbers_come_as_they_stand(DatabaseServer server)
    {
        using var database = Entries(server);
        var table = Asked.Read(database, Asked.Source("SELECT id, n, note FROM entries", "id: text, n: number, note: optional text"));
        Assert.Equal(["a|1|x", "b|-9223372036854775808|", "c|9223372036854775807|ü's \"b\" 语"], Asked.Rows(table));
        Assert.Equal(["id", "n", "note"], table.ColumnNames);
        Assert.Equal(("LEDGER: query", 3), (table.Files[0].Name, table.Count));
    }

    [Theory]
    [MemberData(nameof(Servers))]
    public void The_same_rows_in_another_order_are_the_same_input_and_others_are_not(DatabaseServer server)
    {
        using var database = Entries(server);
        string Hash(string query) => Asked.Read(database, Asked.Source(query)).Files[0].Sha256;
        var first = Hash("SELECT id, n FROM entries ORDER BY id");
        Assert.Equal(first, Hash("SELECT id, n FROM entries ORDER BY n DESC"));
        Assert.NotEqual(first, Hash("SELECT id, n FROM entries WHERE id <> 'a'"));
        Assert.NotEqual(first, Hash("SELECT id, n FROM entries UNION ALL SELECT id, n FROM entries WHERE id = 'a'"));
        Assert.NotEqual(Hash("SELECT 'ab' AS id, 'c' AS n"), Hash("SELECT 'a' AS id, 'bc' AS n"));
        Assert.NotEqual(Hash("SELECT 'a' AS id, 'b' AS n"), Hash("SELECT 'a' AS id, 'b' AS m"));
    }

    [Theory]
    [MemberData(nameof(Servers))]
    public void Values_of_the_pack_and_of_the_date_are_given_as_parameters(DatabaseServer server)
    {
        using var database = Entries(server);
        var text = Asked.Source("SELECT id FROM entries WHERE id = @who", more: ", parameters: { who: \"' OR 'a' = 'a\" }");
        Assert.Empty(Asked.Rows(Asked.Read(database, text)));
        var both = Asked.Source(
            "SELECT id FROM entries WHERE n >= @least AND day >= @window_from AND day <= @window_to AND id <> @who",
            more: ", parameters: { least: { number: 1 }, who: \"c\" }, window: { days: 3 }");
        Assert.Equal(["a"], Asked.Rows(Asked.Read(database, both)));
        var date = Asked.Source("SELECT id FROM entries WHERE day = @business_date OR day = @other", more: ", parameters: { other: { date: 2026-02-24 } }");
        Assert.Equal(["a", "b"], Asked.Rows(Asked.Read(database, date)));
    }

    [Theory]
    [MemberData(nameof(Servers))]
    public void A_column_that_is_missing_is_said_before_a_row_is_read(DatabaseServer server)
    {
        using var database = Entries(server);
        var fault = Asked.Fault(database, Asked.Source("SELECT n, note AS idd FROM entries", "id: text, n: number"));
        Assert.StartsWith(
            "ledger: LEDGER: query: the columns are not those that the pack expects: 'id' is missing (did you mean 'idd'?)",
            fault.Message, StringComparison.Ordinal);
        Assert.Equal((FaultKind.InputWrong, false), (fault.Kind, fault.IsTransient));
    }

    [Theory]
    [MemberData(nameof(Servers))]
    public void Columns_that_the_pack_lists_are_all_there_are(DatabaseServer server)
    {
        using var database = Entries(server);
        var fault = Asked.Fault(database, Asked.Source("SELECT id, n, note FROM entries", more: ", columns: { id: text, n: date, gone: text }"));
        Assert.Contains("'gone' is missing; 'n' is ", fault.Message, StringComparison.Ordinal);
        Assert.Contains(", not date; 'note' is new; it has: id ", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Servers))]
    public void A_query_that_the_server_refuses_is_wrong_and_a_retry_does_not_help(DatabaseServer server)
    {
        using var database = Entries(server);
        var fault = Asked.Fault(database, Asked.Source("SELECT id FROM entrys"));
        Assert.Equal((FaultKind.InputWrong, false), (fault.Kind, fault.IsTransient));
        Assert.StartsWith("LEDGER: query: ", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Servers))]
    public void All_questions_of_a_run_are_answered_as_of_one_moment(DatabaseServer server)
    {
        using var database = Entries(server);
        var (one, two) = (Asked.Source("SELECT id FROM entries"), Asked.Source("SELECT id, n FROM entries"));
        var request = new ReadRequest("pack", Asked.Date);
        using var session = Asked.Reader(database.Connection).Begin([one, two], request, CancellationToken.None);
        Assert.Equal(3, session.Read(one, request, CancellationToken.None).Count);
        database.Execute("INSERT INTO entries (id, n, day) VALUES ('d', 4, '2026-02-27')");
        Assert.Equal(3, session.Read(two, request, CancellationToken.None).Count);
        Assert.Equal(4, Asked.Read(database, two).Count);
    }

    [Theory]
    [MemberData(nameof(Servers))]
    public void Totals_of_a_second_query_are_values_for_controls(DatabaseServer server)
    {
        using var database = Entries(server);
        SourceSpecWith("SELECT count(*) AS row_count, sum(n) + 1 AS total FROM entries WHERE id <> 'c'", out var source);
        var trailer = Asked.Read(database, source).Trailer;
        Assert.Equal([("row_count", "2"), ("total", "-9223372036854775806")], trailer.Select(value => (value.Name, value.Text)));
        SourceSpecWith("SELECT n AS row_count, n AS total FROM entries", out var several);
        Assert.Equal("LEDGER: trailer: totals are one row; found: 3 rows", Asked.Fault(database, several).Message);

        static void SourceSpecWith(string totals, out Recon.Model.Rules.SourceSpec source) => source = Asked.Source(
            "SELECT id FROM entries", more: $$""", trailer: { query: "{{totals}}", values: [row_count, total] }""");
    }

    [Theory]
    [MemberData(nameof(Servers))]
    public void A_cancelled_reading_ends(DatabaseServer server)
    {
        using var database = Entries(server);
        var (source, request) = (Asked.Source("SELECT id FROM entries"), new ReadRequest("pack", Asked.Date));
        Assert.Throws<OperationCanceledException>(() => Asked.Reader(database.Connection).Read(source, request, new CancellationToken(canceled: true)));
    }

    [Theory]
    [MemberData(nameof(Servers))]
    public void Many_rows_come_in_blocks_and_each_is_offered_once(DatabaseServer server)
    {
        using var database = Entries(server);
        database.Execute("CREATE TABLE digits (d INTEGER); INSERT INTO digits VALUES (0), (1), (2), (3), (4), (5), (6), (7), (8), (9)");
        const string Tens = "digits a CROSS JOIN digits b CROSS JOIN digits c CROSS JOIN digits d CROSS JOIN digits e";
        var source = Asked.Source(
            $"SELECT a.d * 10000 + b.d * 1000 + c.d * 100 + d.d * 10 + e.d AS id, 'some text that takes its place' AS note FROM {Tens}",
            "id: text, note: text");
        var (taken, gate) = (new SortedDictionary<int, int>(), new Lock());
        var read = 0L;
        var request = new ReadRequest("pack", Asked.Date, bytes => read = bytes)
        {
            Threads = 2,
            Intake = block =>
            {
                lock (gate)
                {
                    taken.Add(block.Number, block.Rows.Count);
                }
            },
        };
        var table = Asked.Reader(database.Connection).Read(source, request, CancellationToken.None);
        Assert.Equal((100_000, 100_000), (table.Count, taken.Values.Sum()));
        Assert.True(taken.Count > 1 && read > 0);
        Assert.Equal(100_000, Enumerable.Range(0, table.Count).Select(table.Columns[0].Text).Distinct().Count());
        Assert.Equal("some text that takes its place", table.Columns[1].Text(99_999));
    }

    [Theory]
    [MemberData(nameof(Servers))]
    public void Floating_point_is_never_an_amount(DatabaseServer server)
    {
        using var database = TestDatabase.OrSkip(server);
        database.Execute("CREATE TABLE entries (id VARCHAR(9), amount DOUBLE PRECISION); INSERT INTO entries VALUES ('a', 10.1)");
        var fault = Asked.Fault(database, Asked.Source("SELECT id, amount FROM entries", Money));
        Assert.Contains("and the field amount is money: floating point is never exact", fault.Message, StringComparison.Ordinal);
    }

    static TestDatabase Entries(DatabaseServer server)
    {
        var database = TestDatabase.OrSkip(server);
        var (text, day, _, unicode) = database.Words;
        database.Execute($"""
            CREATE TABLE entries (id {text} NOT NULL, n bigint NOT NULL, note {text}, day {day});
            INSERT INTO entries VALUES ('a', 1, 'x', '2026-02-27'), ('b', -9223372036854775808, NULL, '2026-02-24'),
                ('c', 9223372036854775807, {unicode}'ü''s "b" 语', '2026-02-25');
            """);
        return database;
    }
}
