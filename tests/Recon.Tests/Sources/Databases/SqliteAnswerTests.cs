// What only SQLite does: each row says for itself what its cells are.
using Recon.Model;
using Recon.Sources;
using Xunit;

namespace Recon.Tests.Sources.Databases;

public sealed class SqliteAnswerTests
{
    [Fact]
    public void A_row_with_floating_point_in_a_field_is_a_reject_that_says_what_to_do()
    {
        using var database = TestDatabase.OrSkip(DatabaseServer.Sqlite);
        database.Execute("CREATE TABLE t (id TEXT, amount DECIMAL(12, 2), ratio REAL)");
        database.Execute("INSERT INTO t VALUES ('a', 10, 0.5), ('b', 10.1, 0.5), ('c', '10.10x', 0.5)");
        var table = Asked.Read(database, Asked.Source("SELECT id, amount, ratio FROM t", "id: text, amount: { type: money, currency: EUR }"));
        Assert.Equal(["a|10|0.5", "c|10.10x|0.5"], Asked.Rows(table));
        var reject = Assert.Single(table.Rejects);
        Assert.Equal("amount: a number in floating point (10.1), which is never exact; keep it as TEXT, or write printf('%.2f', amount)", reject.Reason);
        Assert.Equal(("b|10.1|0.5", "LEDGER: query", null), (reject.Content, reject.File, reject.Line));
    }

    [Theory]
    [InlineData("X'61'", "id: bytes (a BLOB)")]
    [InlineData("CAST(X'61FF' AS TEXT)", "cell 1: it has the byte 0xFF at position 2, which is not UTF-8 (is the file windows-1252?)")]
    [InlineData("CAST(X'610062' AS TEXT)", "cell 1: it has a NUL byte at position 2")]
    public void What_is_no_text_is_a_reject(string value, string reason)
    {
        using var database = TestDatabase.OrSkip(DatabaseServer.Sqlite);
        var table = Asked.Read(database, Asked.Source($"SELECT {value} AS id"));
        Assert.Equal((0, reason), (table.Count, Assert.Single(table.Rejects).Reason));
    }

    [Fact]
    public void A_file_that_is_not_there_is_a_missing_input_and_is_not_made()
    {
        using var database = TestDatabase.OrSkip(DatabaseServer.Sqlite);
        var path = database.Connection.Text + ".gone";
        var fault = Assert.Throws<ReconException>(() => Asked.Reader(database.Connection with { Text = path })
            .Read(Asked.Source("SELECT 1 AS id"), new("pack", Asked.Date), CancellationToken.None));
        Assert.Equal(("LEDGER: there is no file ledger.db.gone", FaultKind.InputMissing), (fault.Message, fault.Kind));
        Assert.False(File.Exists(path));
    }

    [Fact]
    public void A_file_that_is_no_database_is_a_fault()
    {
        using var database = TestDatabase.OrSkip(DatabaseServer.Sqlite);
        var path = database.Connection.Text + ".txt";
        File.WriteAllText(path, new string('x', 5000));
        var fault = Assert.Throws<ReconException>(() => Asked.Reader(database.Connection with { Text = path })
            .Read(Asked.Source("SELECT 1 AS id"), new("pack", Asked.Date), CancellationToken.None));
        Assert.StartsWith("LEDGER: query: SQLite Error 26", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_file_is_among_those_that_a_run_reads_and_no_output_may_replace()
    {
        using var database = TestDatabase.OrSkip(DatabaseServer.Sqlite);
        Assert.Equal(
            [Recon.Sources.Files.RealPath.Of(database.Connection.Text)],
            new SourceReader("none", _ => database.Connection).FilesOf(Asked.Source("SELECT 1 AS id"), "pack", Asked.Date));
    }
}
