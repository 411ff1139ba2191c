// Runs the scripts that a store's file has not seen yet.
using System.Reflection;
using DbUp;
using DbUp.Engine;
using Microsoft.Data.Sqlite;
using Recon.Model;

namespace Recon.Store.Sqlite;

/// <remarks>Apart from <see cref="Schema"/>, so that a store that is up to date is opened without loading DbUp.</remarks>
static class Migration
{
    /// <summary>Runs each missing script in a transaction of its own, in the order of their names.</summary>
    /// <exception cref="ReconException">A script failed; those before it stay.</exception>
    public static void Run(string path, Assembly home, Func<string, bool> isScript)
    {
        var result = DeployChanges.To
            .SqliteDatabase(SqliteDatabase.ConnectionString(path))
            .WithScriptsEmbeddedInAssembly(home, isScript)
            .WithTransactionPerScript()
            .WithVariablesDisabled()
            .LogToNowhere()
            .Build()
            .PerformUpgrade();
        if (!result.Successful)
        {
            throw Failed(result, path);
        }
    }

    static ReconException Failed(DatabaseUpgradeResult result, string path) => result.Error is SqliteException fault
        ? SqliteFault.Of(fault, path)
        : new ReconException(
            $"{path}: {result.ErrorScript?.Name} failed: {result.Error.Message}", FaultKind.Storage, inner: result.Error);
}
