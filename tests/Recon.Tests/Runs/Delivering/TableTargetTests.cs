// Tables that take postings: each key once, each amount as it is.
using Microsoft.SqlServer.TransactSql.ScriptDom;
using Recon.Delivery;
using Recon.Model;
using Recon.Runs.Ports;
using Recon.Tests.Servers;
using Recon.Tests.Store;
using Xunit;

namespace Recon.Tests.Runs.Delivering;

public abstract class TableTargetTests(Connection connection, Action<string> execute)
{
    const string Columns = """
        effect varchar(64) NOT NULL, pack varchar(200) NOT NULL, posting_rule varchar(200) NOT NULL, business_date date NOT NULL,
        run_id varchar(64) NOT NULL, target varchar(100) NOT NULL, debit varchar(100) NOT NULL, credit varchar(100) NOT NULL,
        amount decimal(19, 2) NOT NULL, currency varchar(12) NOT NULL, break_id varchar(64) NOT NULL
        """;

    static readonly OutboxPosting First = Posting("k1", "1.50");

    [Fact]
    public void A_key_is_taken_once_with_its_effect()
    {
        execute($"CREATE TABLE books1 (posting_key varchar(64) PRIMARY KEY, {Columns}, CHECK (debit <> credit))");
        var target = new TableTarget(connection, "books1");
        Assert.Equal(["inserted", "inserted"], Post(target, First, Posting("k2", "0.02")).Select(answer => answer.Detail));
        var again = Post(
            new TableTarget(connection, "books1"), First, First with { Effect = "another" }, Posting("k3", "7.00") with { Credit = "1200" },
            Posting("k4", "1"));
        Assert.Equal(
            [DeliveryState.Acknowledged, DeliveryState.Failed, DeliveryState.Failed, DeliveryState.Acknowledged], again.Select(answer => answer.State));
        Assert.Equal("it has the key already", again[0].Detail);
        Assert.Equal("the table has this key with another effect", again[1].Detail);
    }

    [Fact]
    public void An_amount_that_the_table_would_round_is_refused()
    {
        var columns = Columns.Replace("decimal(19, 2)", IsSqlite ? "integer" : "decimal(19, 1)", StringComparison.Ordinal);
        execute($"CREATE TABLE books2 (posting_key varchar(64) PRIMARY KEY, {columns})");
        var target = new TableTarget(connection, "books2");
        var answers = Post(target, Posting("k1", IsSqlite ? "0.1000000000000000001" : "1.25"), Posting("k2", "3.0"));
        Assert.Equal([DeliveryState.Failed, DeliveryState.Acknowledged], answers.Select(answer => answer.State));
        Assert.Contains("its column amount would keep", answers[0].Detail);
    }

    [Fact]
    public void A_table_that_takes_a_key_twice_gets_nothing()
    {
        execute($"CREATE TABLE books3 (posting_key varchar(64), {Columns})");
        var fault = Assert.Throws<ReconException>(() => Post(new TableTarget(connection, "books3"), First));
        Assert.Equal(FaultKind.InputWrong, fault.Kind);
        Assert.Contains("put a unique index on posting_key", fault.Message);
        execute("CREATE UNIQUE INDEX books3_key ON books3 (posting_key)");
        Assert.Equal("inserted", Assert.Single(Post(new TableTarget(connection, "books3"), First)).Detail);
    }

    [Theory]
    [InlineData("effect")]
    [InlineData("run_id")]
    [InlineData("business_date")]
    [InlineData("debit")]
    public void An_index_over_the_key_and_something_else_is_not_enough(string other)
    {
        execute($"CREATE TABLE books4_{other} (posting_key varchar(64), {Columns})");
        execute($"CREATE UNIQUE INDEX books4_{other}_key ON books4_{other} (posting_key, {other})");
        var fault = Assert.Throws<ReconException>(() => Post(new TableTarget(connection, $"books4_{other}"), First));
        Assert.Contains("put a unique index on posting_key alone", fault.Message);
    }

    /// <summary>A table may bound what it takes: then a row that differs less is asked about.</summary>
    [Fact]
    public void A_table_that_bounds_its_values_is_told_to_be_unique_all_the_same()
    {
        execute($"CREATE TABLE books5 (posting_key varchar(64) PRIMARY KEY, {Columns}, CHECK (debit = '{First.Debit}'))");
        Assert.Equal("inserted", Assert.Single(Post(new TableTarget(connection, "books5"), First)).Detail);
    }

    [Fact]
    public void A_table_that_is_not_there_is_named()
    {
        var fault = Assert.Throws<ReconException>(() => Post(new TableTarget(connection, "nowhere"), First));
        Assert.Equal(FaultKind.InputWrong, fault.Kind);
        Assert.Contains("it needs the columns posting_key, effect", fault.Message);
    }

    bool IsSqlite => connection.Server == DatabaseServer.Sqlite;

    static IReadOnlyList<TargetAnswer> Post(TableTarget target, params OutboxPosting[] postings) => target.Post(postings, CancellationToken.None);

    static OutboxPosting Posting(string key, string amount) => new(
        "pay.card", "run1", Submissions.Day(2), key, $"effect of {key}", "fee", "ledger", "1200", "7990",
        Money.TryParse($"{amount} EUR", out var money) ? money : default, "break", PostingState.Queued, DeliveryState.Queued);
}

public sealed class SqliteTableTargetTests : TableTargetTests, IDisposable
{
    readonly string _path;

    public SqliteTableTargetTests()
        : this(Path.GetTempFileName())
    {
    }

    SqliteTableTargetTests(string path)
        : base(new Connection("LEDGER", DatabaseServer.Sqlite, path), sql => Execute(path, sql)) => _path = path;

    public void Dispose()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        File.Delete(_path);
    }

    static void Execute(string path, string sql)
    {
        using var database = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={path}");
        database.Open();
        using var command = database.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}

public sealed class PostgreSqlTableTargetTests : TableTargetTests
{
    public PostgreSqlTableTargetTests()
        : this($"{PostgresServer.OrSkip().NewDatabase()};Pooling=false")
    {
    }

    PostgreSqlTableTargetTests(string text)
        : base(new Connection("LEDGER", DatabaseServer.PostgreSql, text), sql => Execute(text, sql))
    {
    }

    static void Execute(string text, string sql)
    {
        using var database = new Npgsql.NpgsqlConnection(text);
        database.Open();
        using var command = database.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}

public sealed class TableStatementTests
{
    [Fact]
    public void SQL_Server_understands_what_is_asked_of_its_tables()
    {
        var sql = new TableStatements(DatabaseServer.SqlServer, "books.recon_postings");
        foreach (var text in new[] { sql.Effect, sql.Amount, sql.Insert })
        {
            new TSql150Parser(initialQuotedIdentifiers: true).Parse(new StringReader(text), out var errors);
            Assert.Empty(errors);
        }

        Assert.Contains("FROM [books].[recon_postings] WHERE [posting_key] = @posting_key", sql.Effect);
    }
}
