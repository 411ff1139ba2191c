// What only PostgreSQL does: its transactions that only read, and who may read.
using Npgsql;
using Recon.Model;
using Recon.Runs.Ports;
using Xunit;

namespace Recon.Tests.Sources.Databases;

public sealed class PostgresAnswerTests
{
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
