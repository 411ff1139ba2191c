// What each server joins, what it leaves to the engine, and what a run says of it.
using Recon.Model;
using Recon.Model.Rules;
using Recon.Reports;
using Recon.Reports.Sections;
using Recon.Runs;
using Recon.Runs.Asking;
using Recon.Runs.Ports;
using Recon.Runs.Results;
using Recon.Runs.Testing;
using Recon.Sources;
using Recon.Sources.Databases;
using Recon.Sources.Databases.Joining;
using Recon.Sources.Databases.SqlServer;
using Xunit;

namespace Recon.Tests.Sources.Databases.Joining;

public sealed class JoinTests
{
    static readonly string[] Columns = ["id", "code", "amount", "ccy", "note", "memo", "spare"];

    public static TheoryData<DatabaseServer> Servers =>
        [DatabaseServer.Sqlite, DatabaseServer.PostgreSql, DatabaseServer.MySql, DatabaseServer.SqlServer];

    [Theory]
    [MemberData(nameof(Servers))]
    public void Only_rows_whose_key_stands_once_on_either_side_and_is_the_same_text_are_joined(DatabaseServer server)
    {
        using var database = TestDatabase.OrSkip(server);
        Fill(
            database, "books",
            Row("L1", "k1"), Row("L2", "k2"), Row("L3", "k2"), Row("L4", "K4"), Row("L5", "k5"), Row("L6", null), Row("L7", " "), Row("L8", "é"));
        Fill(database, "bank", Row("B1", "k1"), Row("B2", "k2"), Row("B4", "k4"), Row("B5", "k5 "), Row("B6", null), Row("B7", " "), Row("B8", "é"));
        using var pack = new JoinedPack();
        var record = pack.SameAnswers(database.Connection).Single();
        Assert.Equal(2, JoinedPack.JoinedIn(record));
        Assert.Equal(4, record.Passes[0].Matches);
    }

    [Theory]
    [MemberData(nameof(Servers))]
    public void What_stays_behind_is_not_read_of_joined_rows_and_makes_no_other_run(DatabaseServer server)
    {
        using var database = TestDatabase.OrSkip(server);
        using var pack = new JoinedPack();
        Fill(database, "books", Row("L1", "k1", memo: "long"), Row("L2", "k2", memo: "fee"));
        Fill(database, "bank", Row("B1", "k1"));
        var first = Run(pack, database);
        Assert.Equal(1, JoinedPack.JoinedIn(first));
        Fill(database, "books", Row("L1", "k1", memo: "longer"), Row("L2", "k2", memo: "fee"));
        Assert.Equal(first.Head.Key, Run(pack, database).Head.Key);
        Fill(database, "books", Row("L1", "k1", note: "z", memo: "long"), Row("L2", "k2", memo: "fee"));
        Assert.NotEqual(first.Head.Key, Run(pack, database).Head.Key);
        Fill(database, "books", Row("L1", "k1", memo: "long"), Row("L2", "k2", memo: "fees"));
        Assert.NotEqual(first.Head.Key, Run(pack, database).Head.Key);
    }

    [Theory]
    [MemberData(nameof(Servers))]
    public void An_open_item_of_the_key_of_a_joined_pair_has_its_part_and_all_is_read_whole(DatabaseServer server)
    {
        using var database = TestDatabase.OrSkip(server);
        using var pack = new JoinedPack(tie: "{ oldest: id }");
        var records = pack.SameAnswers(database.Connection, dates: 2, date =>
        {
            Fill(database, "books", date == 0 ? [Row("L1", "k1", memo: "fee")] : [Row("L2", "k1"), Row("L3", "k3")]);
            Fill(database, "bank", date == 0 ? [Row("B0", "k0")] : [Row("B1", "k1"), Row("B3", "k3"), Row("B4", "k0")]);
        });
        Assert.Equal("open items or other rows have a part in 1 row that the server joined for 'exact'", JoinedPack.WholeBecause(records[1]));
        Assert.Equal((0, 0), (JoinedPack.JoinedIn(records[0]), JoinedPack.JoinedIn(records[1])));
    }

    [Theory]
    [MemberData(nameof(Servers))]
    public void Rows_that_come_again_are_known_by_what_travelled(DatabaseServer server)
    {
        using var database = TestDatabase.OrSkip(server);
        using var pack = new JoinedPack();
        var records = pack.SameAnswers(database.Connection, dates: 4, date =>
        {
            Fill(database, "books", Row("L1", "k1", memo: "a"), Row("L2", "k2", memo: "b"));
            Fill(database, "bank", date switch
            {
                0 => [Row("B1", "k1")],
                1 => [Row("B1", "k1"), Row("B2", "k2")],
                2 => [Row("B2", "k2")],
                _ => [Row("B1", "k1", note: "changed"), Row("B2", "k2")],
            });
        });
        Assert.Equal([1, 2, 1, 0], records.Select(JoinedPack.JoinedIn));
        Assert.Equal([true, true, true, false], records.Select(record => JoinedPack.WholeBecause(record) is null));
        Assert.Equal([0, 3, 3, 3], records.Select(record => record.Sources.Sum(source => source.Known)));
        Assert.StartsWith("changed after it was settled", records[3].Rejects.Single().Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_whose_rows_were_settled_before_it_said_push_down_knows_them()
    {
        using var database = TestDatabase.OrSkip(DatabaseServer.Sqlite);
        using var pack = new JoinedPack();
        Fill(database, "books", Row("L1", "k1", memo: "a"));
        Fill(database, "bank", Row("B1", "k1"));
        var store = new MemoryRunStore();
        JoinedPack.Run(pack.Whole, pack.Rules, database.Connection, store);
        var after = JoinedPack.Run(pack.Pack, pack.Rules, database.Connection, store, date: 1);
        Assert.Equal((2, 0), (after.Sources.Sum(source => source.Known), after.Rejects.Count));
        Assert.Equal("of books 1 row that the server joined cannot be read as the pack reads them", JoinedPack.WholeBecause(after));
    }

    [Fact]
    public void Queries_that_give_a_parameter_two_values_are_read_whole()
    {
        using var database = TestDatabase.OrSkip(DatabaseServer.Sqlite);
        using var pack = new JoinedPack(
            left: "books WHERE id <> @who", right: "bank WHERE id <> @who", read: ", parameters: { who: x }", readRight: ", parameters: { who: y }");
        Fill(database, "books", Row("L1", "k1"));
        Fill(database, "bank", Row("B1", "k1"));
        var record = pack.SameAnswers(database.Connection).Single();
        Assert.Equal("the queries ask for @who with two values: @who = 'x' and @who = 'y'", JoinedPack.WholeBecause(record));
    }

    [Theory]
    [InlineData("nvarchar", SqlType.Text)]
    [InlineData("decimal", SqlType.Decimal)]
    [InlineData("money", SqlType.Decimal)]
    [InlineData("date", SqlType.Date)]
    [InlineData("bigint", SqlType.Integer)]
    public void What_SQL_Server_is_asked_is_one_SELECT_that_only_reads(string type, SqlType kind)
    {
        using var pack = new JoinedPack();
        var join = ServerJoin.Of(pack.Pack, pack.Pack.Passes[0]);
        var words = JoinWords.Of(DatabaseServer.SqlServer);
        var questions = new JoinQuestions(words, join, Side(pack.Pack.Sources[0]), Side(pack.Pack.Sources[1]));
        foreach (var question in (Question[])[questions.Pairs, questions.LeftRest, questions.RightRest, questions.Counts])
        {
            Assert.True(SelectOnly.Fault(question.Sql) is null, $"{SelectOnly.Fault(question.Sql)}\n{question.Sql}");
        }

        JoinSide Side(SourceSpec source) => JoinSide.Of(
            source, source == join.Pass.Left ? join.LeftFields : join.RightFields, join.Facing.Select(pair => pair.Left),
            Question.Of(source, Asked.Date),
            [.. Columns.Select(name => name == "amount" ? new AnswerColumn(name, kind, type) : new AnswerColumn(name, SqlType.Text, "nvarchar"))],
            words);
    }

    [Fact]
    public void Explain_says_that_the_server_joined_a_record_and_why_it_matched()
    {
        using var database = TestDatabase.OrSkip(DatabaseServer.Sqlite);
        using var pack = new JoinedPack();
        Fill(database, "books", Row("L1", "k1", memo: "a"), Row("L2", "k2"));
        Fill(database, "bank", Row("B1", "k1"));
        var decided = new Runner(new SourceReader("none", _ => database.Connection), new MemoryRunStore())
            .Explore(JoinedPack.RequestOf(pack.Pack, pack.Rules), CancellationToken.None);
        var sections = new ExplanationSections(decided).Of(decided.Tables[0], 0).ToList();
        Assert.Equal("The server joined it with bank:B1 for the pass exact", sections[1].Title);
        Assert.Equal("not read, because no rule asks it of a match: memo, spare", sections[1].Note);
        Assert.Equal("books ~ bank: matched by exact, class matched", sections[2].Title);
        Assert.DoesNotContain(
            new ExplanationSections(decided).Of(decided.Tables[0], 1), section => section.Title.Contains("server", StringComparison.Ordinal));
        Assert.Contains("1 row joined by the server", RunSections.Of(decided.Submission.Record, ReportOptions.Default)[0].Note, StringComparison.Ordinal);
    }

    static RunRecord Run(JoinedPack pack, TestDatabase database) =>
        JoinedPack.Run(pack.Pack, pack.Rules, database.Connection, new MemoryRunStore());

    static Func<TestDatabase, string> Row(string id, string? code, string note = "n", string? memo = null) => database =>
        $"({Text(database, id)}, {Text(database, code)}, {(database.Server == DatabaseServer.Sqlite ? "'1.00'" : "1.00")}, {Text(database, "EUR")}, "
        + $"{Text(database, note)}, {Text(database, memo)}, {Text(database, "spare")})";

    static string Text(TestDatabase database, string? text) => text is null ? "NULL" : $"{database.Words.Unicode}'{text}'";

    static void Fill(TestDatabase database, string table, params IEnumerable<Func<TestDatabase, string>> rows)
    {
        var text = database.Words.Text;
        var amount = database.Server == DatabaseServer.Sqlite ? "TEXT" : "decimal(18, 2)";
        database.Execute($"DROP TABLE IF EXISTS {table}");
        database.Execute($"CREATE TABLE {table} (id {text}, code {text}, amount {amount}, ccy {text}, note {text}, memo {text}, spare {text})");
        database.Execute($"INSERT INTO {table} VALUES {string.Join(", ", rows.Select(row => row(database)))}");
    }
}
