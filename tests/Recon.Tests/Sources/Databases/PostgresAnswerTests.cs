// What only PostgreSQL does: its types, its transactions that only read, its faults.
using System.Diagnostics;
using Npgsql;
using Recon.Model;
using Recon.Runs.Ports;
using Xunit;

namespace Recon.Tests.Sources.Databases;

public sealed class PostgresAnswerTests
{
    [Theory]
    [InlineData("'12345678901234567890123456789012345678.0123456789'::numeric", "12345678901234567890123456789012345678.0123456789")]
    [InlineData("10.10::numeric(12, 2)", "10.10")]
    [InlineData("(-1)::smallint", "-1")]
    [InlineData("true", "true")]
    [InlineData("false", "false")]
    [InlineData("date '2026-02-27'", "2026-02-27")]
    [InlineData("timestamp '2026-02-27 10:00:05.123456'", "2026-02-27 10:00:05.123456")]
    [InlineData("timestamptz '2026-02-27 10:00:05+05:30'", "2026-02-27 04:30:05+00")]
    [InlineData("'6f1e6b3a-0000-4000-8000-00000000000a'::uuid", "6f1e6b3a-0000-4000-8000-00000000000a")]
    [InlineData("'ab '::char(5)", "ab   ")]
    [InlineData("NULL::numeric", "")]
    [InlineData("'{\"a\": 1}'::jsonb", "{\"a\": 1}")]
    public void Each_type_is_read_as_the_server_writes_it(string value, string expected)
    {
        using var database = TestDatabase.OrSkip(DatabaseServer.PostgreSql);
        var table = Asked.Read(database, Asked.Source($"SELECT 'a' AS id, {value} AS v"));
        Assert.Equal(expected, table.Column("v")!.Text(0));
    }

    [Theory]
    [InlineData("money", "1.5::float8", "v is double precision", "floating point")]
    [InlineData("number", "date '2026-02-27'", "v is date", "it is no number")]
    [InlineData("date", "now()", "v is timestamp with time zone", "of which zone is the day?")]
    [InlineData("instant", "date '2026-02-27'", "v is date", "a day is no moment")]
    [InlineData("text", "'\\x00'::bytea", "v is bytea", "bytes are no field")]
    public void A_column_that_cannot_be_a_field_is_said_before_a_row_is_read(string kind, string value, string type, string why)
    {
        using var database = TestDatabase.OrSkip(DatabaseServer.PostgreSql);
        database.Execute($"CREATE VIEW entries AS SELECT text 'a' AS id, {value.Replace("\\\\", "\\", StringComparison.Ordinal)} AS v");
        var field = kind == "money" ? "{ type: money, currency: EUR }" : kind;
        var fault = Asked.Fault(database, Asked.Source("SELECT id, v FROM entries", $"id: text, v: {field}"));
        Assert.Contains(type, fault.Message.Replace("'", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains(why, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_window_of_moments_begins_and_ends_in_the_zone_of_the_source()
    {
        using var database = TestDatabase.OrSkip(DatabaseServer.PostgreSql);
        database.Execute("""
            CREATE TABLE entries (id text, at timestamptz);
            INSERT INTO entries VALUES ('before', '2026-02-26 22:59:59.999+00'), ('first', '2026-02-26 23:00:00+00'),
                ('last', '2026-02-27 22:59:59.999+00'), ('after', '2026-02-27 23:00:00+00');
            """);
        var source = Asked.Source(
            "SELECT id, at FROM entries WHERE at >= @window_start AND at < @window_end", "id: text, at: instant", ", window: { days: 1 }", "Europe/Berlin");
        Assert.Equal(["first", "last"], Asked.Read(database, source) is var table ? Asked.Rows(table).Select(row => row.Split('|')[0]) : []);
    }

    [Fact]
    public void Nothing_can_be_written_not_even_by_a_function_of_the_server()
    {
        using var database = TestDatabase.OrSkip(DatabaseServer.PostgreSql);
        database.Execute("""
            CREATE TABLE entries (id text);
            CREATE FUNCTION leave_a_mark() RETURNS text LANGUAGE sql VOLATILE AS $$ INSERT INTO entries VALUES ('x') RETURNING id $$;
            """);
        var fault = Asked.Fault(database, Asked.Source("SELECT leave_a_mark() AS id"));
        Assert.Contains("read-only transaction", fault.Message, StringComparison.Ordinal);
        Assert.Equal(FaultKind.InputWrong, fault.Kind);
        Assert.Empty(Asked.Rows(Asked.Read(database, Asked.Source("SELECT id FROM entries"))));
    }

    [Fact]
    public void A_question_in_progress_is_cancelled_on_the_server()
    {
        using var database = TestDatabase.OrSkip(DatabaseServer.PostgreSql);
        using var cancel = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));
        var source = Asked.Source("SELECT count(*) AS id FROM generate_series(1, 100000) a, generate_series(1, 100000) b");
        var watch = Stopwatch.StartNew();
        Assert.Throws<OperationCanceledException>(() =>
            Asked.Reader(database.Connection).Read(source, new ReadRequest("pack", Asked.Date), cancel.Token));
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(60));
    }

    [Fact]
    public void A_server_that_is_away_is_worth_a_retry_and_a_wrong_password_is_not_and_is_not_told()
    {
        using var database = TestDatabase.OrSkip(DatabaseServer.PostgreSql);
        var text = new NpgsqlConnectionStringBuilder(database.Connection.Text) { Password = "s3cr3t-and-wrong" };
        var refused = Fault(text.ConnectionString);
        Assert.Equal((FaultKind.Storage, false), (refused.Kind, refused.IsTransient));
        Assert.DoesNotContain("s3cr3t", refused.ToString(), StringComparison.Ordinal);
        text.Port = 1;
        var away = Fault(text.ConnectionString);
        Assert.Equal((FaultKind.Storage, true), (away.Kind, away.IsTransient));
        Assert.EndsWith("(a retry may help)", away.Message, StringComparison.Ordinal);

        ReconException Fault(string connection) => Assert.Throws<ReconException>(() => Asked.Reader(database.Connection with { Text = connection })
            .Read(Asked.Source("SELECT 1 AS id"), new ReadRequest("pack", Asked.Date), CancellationToken.None));
    }

    [Fact]
    public void A_reader_who_may_only_read_is_enough()
    {
        using var database = TestDatabase.OrSkip(DatabaseServer.PostgreSql);
        var name = $"reader_{Guid.NewGuid():N}";
        database.Execute("CREATE TABLE entries (id text); INSERT INTO entries VALUES ('a')");
        database.Execute($"CREATE ROLE {name} LOGIN PASSWORD 'p'; GRANT SELECT ON entries TO {name}");
        var text = new NpgsqlConnectionStringBuilder(database.Connection.Text) { Username = name, Password = "p" }.ConnectionString;
        var table = Asked.Reader(database.Connection with { Text = text }).Read(
            Asked.Source("SELECT id FROM entries"), new ReadRequest("pack", Asked.Date), CancellationToken.None);
        Assert.Equal(["a"], Asked.Rows(table));
        database.Execute($"DROP OWNED BY {name}; DROP ROLE {name}");
    }
}
