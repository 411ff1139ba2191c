// The statements of the stores: the same questions on each, and T-SQL that SQL Server 2019 parses.
using System.Text.RegularExpressions;
using Microsoft.SqlServer.TransactSql.ScriptDom;
using Recon.Store;
using Recon.Store.Rows;
using Xunit;

namespace Recon.Tests.Store;

public sealed partial class SqlTextTests
{
    const string Folder = "engine/Recon.Store";

    static readonly SqlTexts Sqlite = new("Sqlite/Sqlite.sql");
    static readonly SqlTexts PostgreSql = new("PostgreSql/PostgreSql.sql", "Servers/Servers.sql");
    static readonly SqlTexts SqlServer = new("SqlServer/SqlServer.sql", "Servers/Servers.sql");

    // What must not stand in T-SQL, for servers that only speak its protocol, and because no meaning may lean on it.
    static readonly string[] LeftOut =
    [
        "MERGE", "CREATE OR ALTER", "WITH TIES", "UNPIVOT", "SYNONYM", "WAITFOR", "IGNORE_DUP_KEY", "DENY", "EXECUTE AS", "STRING_SPLIT",
        "IS DISTINCT FROM", "TRANSFER", "ALTER DATABASE", "WITH VALUES", "UPDLOCK", "READPAST", "HOLDLOCK", "NOLOCK", "TABLOCK", "##",
        "SYSTEM_VERSIONING", "FREETEXT", "CONTAINS(", " INDEX (",
    ];

    public static TheoryData<string> TransactSql => [.. SqlServer.Names, .. Migrations];

    static IEnumerable<string> Migrations => typeof(SqlTexts).Assembly.GetManifestResourceNames()
        .Where(name => name.StartsWith("SqlServer/", StringComparison.Ordinal) && name != "SqlServer/SqlServer.sql");

    [Theory]
    [MemberData(nameof(TransactSql))]
    public void Every_text_of_T_SQL_is_parsed_as_SQL_Server_2019_parses_it(string name)
    {
        var text = name.EndsWith(".sql", StringComparison.Ordinal) ? SqlTexts.Read(name) : SqlServer[name].Replace("<role>", "[role]");
        new TSql150Parser(initialQuotedIdentifiers: true).Parse(new StringReader(text), out var errors);
        Assert.Equal([], errors.Select(error => $"{name} {error.Line}:{error.Column} {error.Message}"));
        Assert.Equal([], LeftOut.Where(word => text.Contains(word, StringComparison.OrdinalIgnoreCase)));
    }

    [Fact]
    public void The_set_up_script_of_the_example_is_parsed_too()
    {
        using var script = File.OpenText(RepositoryRoot.Of("examples", "production", "deploy", "sqlserver.sql"));
        new TSql150Parser(initialQuotedIdentifiers: true).Parse(script, out var errors);
        Assert.Equal([], errors.Select(error => $"{error.Line}:{error.Column} {error.Message}"));
    }

    [Fact]
    public void A_text_that_is_wrong_is_found()
    {
        new TSql150Parser(initialQuotedIdentifiers: true).Parse(new StringReader("SELECT 1 LIMIT 1;"), out var errors);
        Assert.NotEmpty(errors);
    }

    [Fact]
    public void A_question_has_the_same_values_in_the_same_order_on_every_store()
    {
        foreach (var name in SqlServer.Names.Intersect(PostgreSql.Names))
        {
            Assert.Equal(Statement.ParameterNames(PostgreSql[name]), Statement.ParameterNames(SqlServer[name]));
        }

        foreach (var name in Sqlite.Names.Intersect(PostgreSql.Names))
        {
            Assert.Equal(Statement.ParameterNames(PostgreSql[name]), Statement.ParameterNames(Sqlite[name]));
        }
    }

    [Fact]
    public void Every_statement_is_asked_somewhere_and_none_is_missing()
    {
        var code = string.Concat(Directory.EnumerateFiles(RepositoryRoot.Of(Folder), "*.cs", SearchOption.AllDirectories).Select(File.ReadAllText));
        var asked = Asked().Matches(code).Select(match => match.Groups[1].Value)
            .Concat(RunTable.All.Select(table => $"{table.Name}.of_run")).ToHashSet(StringComparer.Ordinal);
        var known = Sqlite.Names.Union(PostgreSql.Names).Union(SqlServer.Names).ToHashSet(StringComparer.Ordinal);
        Assert.Equal([], known.Except(asked));
        Assert.Equal([], asked.Except(known));
    }

    [Fact]
    public void A_run_writes_the_columns_that_are_read_again()
    {
        foreach (var table in RunTable.All)
        {
            var columns = Selected().Match(SqlServer[$"{table.Name}.of_run"]).Groups[1].Value;
            Assert.Equal(table.ColumnNames, string.Join(", ", columns.Split(',', StringSplitOptions.TrimEntries)));
        }
    }

    [GeneratedRegex("""Sql\["([a-z_.]+)"\]""")]
    private static partial Regex Asked();

    [GeneratedRegex(@"^SELECT\s+(.*?)\s+FROM", RegexOptions.Singleline)]
    private static partial Regex Selected();
}
