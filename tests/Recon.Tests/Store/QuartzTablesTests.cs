// The migrations make the tables that Quartz expects: a new Quartz that expects others is seen here, and needs a migration.
using System.Text.RegularExpressions;
using Quartz;
using Recon.Store;
using Xunit;

namespace Recon.Tests.Store;

public sealed partial class QuartzTablesTests
{
    [Theory]
    [InlineData("PostgreSql/Migrations/0003-quartz.sql", "create_postgres.sql", "qrtz_")]
    [InlineData("SqlServer/Migrations/0003-quartz.sql", "create_sqlServer.sql", "QRTZ_")]
    public void The_tables_are_those_of_Quartz(string migration, string script, string prefix)
    {
        using var reader = new StreamReader(typeof(IScheduler).Assembly.GetManifestResourceStream($"Quartz.Impl.AdoJobStore.Schema.{script}")!);
        var expected = reader.ReadToEnd().Replace("{0}", prefix, StringComparison.Ordinal).Replace("{1}", prefix, StringComparison.Ordinal);
        Assert.Equal(Bare(expected), Bare(SqlTexts.Read(migration)));
        Assert.Contains("Apache License 2.0", SqlTexts.Read(migration), StringComparison.Ordinal);
    }

    static string Bare(string sql) => Space().Replace(Comment().Replace(sql, ""), " ").Trim();

    [GeneratedRegex("^--.*$", RegexOptions.Multiline)]
    private static partial Regex Comment();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();
}
