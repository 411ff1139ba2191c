// Keeps due runs in the same database as the runs themselves, by SQL that reads alike on every server.
using System.Data.Common;
using Microsoft.Data.Sqlite;
using Recon.Model;
using Recon.Runs.Ports;

namespace Recon.Store.Schedules;

/// <summary>One connection a turn. The database has been brought up to date by the store of runs.</summary>
/// <remarks>Safe for any number of threads and processes: turns wait for each other in the database.</remarks>
public sealed class ScheduleStore : IScheduleStore
{
    const string TakeTurn = "UPDATE schedule_turns SET turn = turn + 1";

    // SQLITE_BUSY and SQLITE_LOCKED.
    static readonly int[] TransientOfSqlite = [5, 6];

    readonly string _name;
    readonly Func<DbConnection> _connect;

    /// <param name="name">What messages call the database.</param>
    /// <param name="connect">Makes a connection that is not open yet; the turn disposes it.</param>
    internal ScheduleStore(string name, Func<DbConnection> connect) => (_name, _connect) = (name, connect);

    /// <summary>The schedule in the SQLite file of a store.</summary>
    public static ScheduleStore InFile(string path)
    {
        var text = new SqliteConnectionStringBuilder { DataSource = Path.GetFullPath(path), Pooling = false, DefaultTimeout = 30 }.ToString();
        return new ScheduleStore(path, () => new SqliteConnection(text));
    }

    public T Turn<T>(Func<IScheduleTurn, T> work)
    {
        try
        {
            using var connection = _connect();
            connection.Open();
            using var transaction = connection.BeginTransaction();
            var turn = new ScheduleTurn(connection, transaction);
            turn.Execute(TakeTurn);
            var result = work(turn);
            transaction.Commit();
            return result;
        }
        catch (DbException fault)
        {
            var isTransient = fault is SqliteException sqlite ? TransientOfSqlite.Contains(sqlite.SqliteErrorCode) : fault.IsTransient;
            throw new ReconException($"{_name}: the schedule cannot be read or written: {fault.Message}", FaultKind.Storage, isTransient, fault);
        }
    }
}
