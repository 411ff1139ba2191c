// The schema of a store on a server: what was run on it, what is missing, who may do what.
using System.Data.Common;
using System.Globalization;
using System.Reflection;
using Recon.Model;

namespace Recon.Store.Servers;

/// <summary>Forward only: nothing undoes a migration, and a store that a newer engine wrote is refused.</summary>
public static class ServerSchema
{
    static readonly Assembly Home = typeof(ServerSchema).Assembly;

    /// <exception cref="ReconException">The database cannot be reached, or is newer than this engine.</exception>
    public static SchemaStatus StatusOf(Connection connection) => With(connection, StatusOf);

    /// <summary>Runs what is missing, each script in a transaction of its own, while whoever writes or migrates waits.</summary>
    /// <param name="runRole">The role that runs packs; it is given what it needs and no more. Null where nothing is to be given.</param>
    /// <param name="purgeRole">The role that removes matches which no policy keeps; the same.</param>
    /// <returns>The names of the scripts that were run.</returns>
    /// <exception cref="ReconException">The database cannot be reached or is newer than this engine, or a script failed; those before it stay.</exception>
    public static IReadOnlyList<string> Migrate(Connection connection, string? runRole, string? purgeRole = null) => With(connection, database =>
    {
        using var turn = database.Another();
        using var transaction = turn.BeginWrite();
        database.Prepare();
        var missing = StatusOf(database).Missing;
        if (missing.Count > 0)
        {
            database.Migrate([.. missing.Select(name => new MigrationScript(name, SqlTexts.Read(name)))]);
        }

        Grant(database, database.Sql["store.grant"], runRole);
        Grant(database, database.Sql["store.grant_purge"], purgeRole);
        return missing;
    });

    static void Grant(ServerDatabase database, string sql, string? role)
    {
        if (role is not null)
        {
            database.Execute(sql.Replace("<role>", database.Quoted(role), StringComparison.Ordinal));
        }
    }

    /// <exception cref="ReconException">The schema is not this engine's.</exception>
    internal static void DemandCurrent(ServerDatabase database)
    {
        if (StatusOf(database) is { IsCurrent: false } status)
        {
            throw database.Damaged(
                status.Run.Count == 0
                    ? "there is no store in this database yet; 'recon db migrate' makes one"
                    : $"the store is older than this engine: {string.Join(", ", status.Missing)} is missing; 'recon db migrate' brings it up to date");
        }
    }

    static SchemaStatus StatusOf(ServerDatabase database)
    {
        var known = Home.GetManifestResourceNames().Where(name => name.StartsWith(database.Scripts, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal).ToList();
        var run = database.All(database.Sql["store.has_journal"], row => row.Number(0))[0] == 1
            ? database.All(database.Sql["store.scripts_run"], row => row.Text(0))
            : [];
        var unknown = run.Where(name => name.StartsWith(database.Scripts, StringComparison.Ordinal)).Except(known).ToList();
        return unknown.Count == 0
            ? new SchemaStatus([.. known.Intersect(run)], [.. known.Except(run)])
            : throw database.Damaged(string.Create(
                CultureInfo.InvariantCulture,
                $"the store was written by a newer engine ({unknown[0]} was run on it, this engine ends with {known[^1]}); install that engine"));
    }

    static T With<T>(Connection connection, Func<ServerDatabase, T> act)
    {
        using var database = ServerRunStore.DatabaseOf(connection);
        try
        {
            return act(database);
        }
        catch (DbException fault)
        {
            throw database.FaultOf(fault);
        }
    }
}
