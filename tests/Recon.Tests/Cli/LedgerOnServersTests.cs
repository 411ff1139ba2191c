// The ledger of the example is reconciled alike wherever it lies, to the byte.
using System.Text.RegularExpressions;
using Recon.Model;
using Recon.Tests.Sources.Databases;
using Xunit;

namespace Recon.Tests.Cli;

public sealed partial class LedgerOnServersTests
{
    static readonly string Example = RepositoryRoot.Of("examples", "ledger-in-sqlite");

    public static TheoryData<DatabaseServer> Servers => [DatabaseServer.PostgreSql, DatabaseServer.SqlServer, DatabaseServer.MySql];

    [Theory]
    [MemberData(nameof(Servers))]
    public async Task A_ledger_on_a_server_gives_the_document_that_the_same_ledger_in_a_file_gives(DatabaseServer server)
    {
        using var database = TestDatabase.OrSkip(server);
        database.Execute(TablesOn(database));
        var variable = $"RECON_TEST_LEDGER_{Guid.NewGuid():N}";
        Environment.SetEnvironmentVariable(variable, database.Connection.Text);
        var word = server switch { DatabaseServer.PostgreSql => "postgresql", DatabaseServer.SqlServer => "sqlserver", _ => "mysql" };
        Assert.Equal(await DocumentOf("sqlite: data/ledger.db"), await DocumentOf($"{word}: secret:{variable}"));
        Environment.SetEnvironmentVariable(variable, null);
    }

    static async Task<string> DocumentOf(string connection)
    {
        using var folder = new TemporaryFolder();
        folder.Copy(Example, "ledger");
        Edit("recon.yaml", text => Connection().Replace(text, $"LEDGER: {{ {connection} }}"));
        // The types of columns differ from server to server; without the list only their names count.
        Edit("pack/pack.yaml", text => Columns().Replace(text, ""));
        var run = await CliProcess.RunAsync(folder.Path, "run", "ledger", "--out", "json=-");
        Assert.True(run.ExitCode == 0, run.Everything);
        return run.Out;

        void Edit(string file, Func<string, string> edit)
        {
            var path = Path.Combine(folder.Path, "ledger", file);
            File.WriteAllText(path, edit(File.ReadAllText(path)));
        }
    }

    // The script of the example, with the types that its columns would have on a server.
    static string TablesOn(TestDatabase database) => Types().Replace(
        File.ReadAllText(Path.Combine(Example, "data", "ledger.sql")),
        column => column.Value.Split(' ')[0] switch
        {
            "amount" or "total" => column.Value.Replace("TEXT", "decimal(18, 2)", StringComparison.Ordinal),
            "booked" or "day" => column.Value.Replace("TEXT", "date", StringComparison.Ordinal),
            _ => column.Value.Replace("TEXT", database.Words.Text, StringComparison.Ordinal),
        });

    [GeneratedRegex(@"\w+ TEXT")]
    private static partial Regex Types();

    [GeneratedRegex(@"LEDGER: \{.*")]
    private static partial Regex Connection();

    [GeneratedRegex(@"\n +columns: .*")]
    private static partial Regex Columns();
}
