// The ledger of the example is what its script makes, and its pack keeps its promises.
using Microsoft.Data.Sqlite;
using Xunit;

namespace Recon.Tests.Cli;

public sealed class LedgerExampleTests
{
    static readonly string Example = RepositoryRoot.Of("examples", "ledger-in-sqlite");

    [Fact]
    public void The_database_is_what_its_script_makes()
    {
        using var made = new SqliteConnection("Data Source=:memory:");
        made.Open();
        using (var script = made.CreateCommand())
        {
            script.CommandText = File.ReadAllText(Path.Combine(Example, "data", "ledger.sql"));
            script.ExecuteNonQuery();
        }

        using var kept = new SqliteConnection($"Data Source={Path.Combine(Example, "data", "ledger.db")};Mode=ReadOnly;Pooling=false");
        kept.Open();
        string[] queries = ["SELECT sql FROM sqlite_master ORDER BY name", "SELECT * FROM entries ORDER BY 1", "SELECT * FROM closings ORDER BY 1, 2"];
        foreach (var query in queries)
        {
            Assert.Equal(Rows(made, query), Rows(kept, query));
        }
    }

    [Fact]
    public async Task The_tests_of_its_pack_hold_and_a_record_says_which_query_it_came_from()
    {
        using var folder = new TemporaryFolder();
        folder.Copy(Example, "ledger");
        var test = await WarmCli.RunAsync(folder.Path, "test", "ledger");
        Assert.True(test.ExitCode == 0, test.Everything);
        var explain = await WarmCli.RunAsync(folder.Path, "explain", "ledger:L-1002", "-w", "ledger");
        Assert.Contains(
            "read from LEDGER: sql/ledger.sql\n  with @account = '1200', @window_from = 2026-02-23, @window_to = 2026-02-27",
            explain.Out.ReplaceLineEndings("\n"),
            StringComparison.Ordinal);
    }

    static List<string> Rows(SqliteConnection connection, string query)
    {
        using var command = connection.CreateCommand();
        command.CommandText = query;
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read())
        {
            rows.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(reader.GetValue)));
        }

        return rows;
    }
}
