// Keeps due runs in the same database as the runs themselves.
using System.Data.Common;
using Microsoft.Data.Sqlite;
using Recon.Model;
using Recon.Runs.Ports;
using Recon.Store.Servers;
using Recon.Store.Sqlite;

namespace Recon.Store.Schedules;

/// <summary>One connection a turn. The database has been brought up to date by the store of runs.</summary>
/// <remarks>Safe for any number of threads and processes: turns wait for each other in the database.</remarks>
public sealed class ScheduleStore : IScheduleStore
{
    readonly Func<Database> _connect;

    ScheduleStore(Func<Database> connect) => _connect = connect;

    /// <summary>The schedule in the SQLite file of a store.</summary>
    public static ScheduleStore InFile(string path)
    {
        var full = Path.GetFullPath(path);
        return new ScheduleStore(() => ConnectTo(full));
    }

    /// <summary>The schedule in the database of a store on a server.</summary>
    public static ScheduleStore On(Connection connection) => new(() => ServerRunStore.DatabaseOf(connection));

    /// <summary>How a scheduler that keeps triggers in tables of its own opens the database of a store.</summary>
    public static (DbProviderFactory Factory, string ConnectionString) TriggersOn(Connection connection)
    {
        using var database = ServerRunStore.DatabaseOf(connection);
        return database.ForTriggers();
    }

    public T Turn<T>(Func<IScheduleTurn, T> work)
    {
        using var database = _connect();
        return database.Attempt(
            () =>
            {
                using var transaction = database.BeginTurn();
                var result = work(new ScheduleTurn(database));
                transaction.Commit();
                return result;
            },
            isRepeatable: false);
    }

    static SqliteDatabase ConnectTo(string path)
    {
        try
        {
            return SqliteDatabase.Connect(path);
        }
        catch (SqliteException fault)
        {
            throw SqliteFault.Of(fault, path);
        }
    }
}
