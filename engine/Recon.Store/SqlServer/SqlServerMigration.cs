// Runs the scripts that a database on SQL Server has not seen yet.
using DbUp;
using DbUp.Engine;
using Microsoft.Data.SqlClient;
using Recon.Model;
using Recon.Store.Servers;

namespace Recon.Store.SqlServer;

/// <remarks>Apart from <see cref="SqlServerDatabase"/>, so that a store that is up to date is opened without loading DbUp.</remarks>
static class SqlServerMigration
{
    /// <returns>The names of the scripts that were run.</returns>
    /// <exception cref="ReconException">A script failed; those before it stay.</exception>
    public static IReadOnlyList<string> Run(string connection, IReadOnlyList<MigrationScript> scripts, string name)
    {
        var result = DeployChanges.To
            .SqlDatabase(connection)
            .WithScripts(scripts.Select(script => new SqlScript(script.Name, script.Text)))
            .JournalToSqlTable("dbo", "schema_versions")
            .WithTransactionPerScript()
            .WithVariablesDisabled()
            .LogToNowhere()
            .Build()
            .PerformUpgrade();
        return result.Successful ? [.. result.Scripts.Select(script => script.Name)] : throw Failed(result, name);
    }

    static ReconException Failed(DatabaseUpgradeResult result, string name)
    {
        var script = result.ErrorScript?.Name ?? "the migration";
        return result.Error is SqlException fault
            ? SqlServerFault.Of(fault, $"{name}: {script}")
            : new ReconException($"{name}: {script} failed: {result.Error.Message}", FaultKind.Storage, inner: result.Error);
    }
}
