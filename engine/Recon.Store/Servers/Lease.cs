// The right of one process to run a pack and date, held in the database and renewed as long as the process lives.
using System.Data.Common;
using Recon.Model;

namespace Recon.Store.Servers;

/// <summary>
/// A row with the holder, a fence that counts holders and the time until which it holds. Who stops renewing is taken over, and what it
/// writes later is refused: the fence is another by then.
/// </summary>
sealed class Lease : IDisposable
{
    readonly ServerDatabase _database;
    readonly string _packId;
    readonly DateOnly _date;
    readonly string _holder;
    readonly long _fence;
    readonly long _seconds;
    readonly Action<Lease> _ended;
    readonly Timer _renewing;
    readonly Lock _turn = new();

    Lease(ServerDatabase database, string packId, DateOnly date, string holder, long fence, TimeSpan length, Action<Lease> ended)
    {
        (_database, _packId, _date, _holder, _fence, _seconds, _ended) = (database, packId, date, holder, fence, SecondsOf(length), ended);
        _renewing = new Timer(_ => Renew(), null, length / 3, length / 3);
    }

    /// <summary>Null where another holds it.</summary>
    /// <param name="database">The lease's own connection: it is renewed while the store is busy writing.</param>
    public static Lease? TryTake(ServerDatabase database, string packId, DateOnly date, TimeSpan length, Action<Lease> ended)
    {
        Add(database, packId, date);
        var holder = $"{Environment.MachineName}:{Environment.ProcessId}:{Guid.NewGuid():N}";
        if (database.Execute(database.Sql["leases.take"], holder, SecondsOf(length), packId, date) == 0)
        {
            return null;
        }

        var fence = database.All(database.Sql["leases.fence"], row => row.Number(0), packId, date, holder)[0];
        return new Lease(database, packId, date, holder, fence, length, ended);
    }

    /// <summary>Machine and process of whoever holds it; null where nobody does.</summary>
    public static string? HolderOf(ServerDatabase database, string packId, DateOnly date) =>
        database.FirstOrNull(database.Sql["leases.holder"], row => row.Text(0), packId, date)?.Split(':') is [var machine, var process, ..]
            ? $"process {process} on {machine}"
            : null;

    public bool IsOf(string packId, DateOnly date) => (_packId, _date) == (packId, date);

    /// <summary>Call it last in a transaction that writes: a takeover waits for its end, or has been and is found.</summary>
    /// <exception cref="ReconException"><see cref="FaultKind.Busy"/>: another has taken over.</exception>
    public void Demand(Database writing)
    {
        if (writing.Execute(writing.Sql["leases.renew"], _seconds, _packId, _date, _holder, _fence) == 0)
        {
            throw new ReconException(
                $"{_packId} {_date:yyyy-MM-dd}: this process stood still for so long that another has taken over; nothing was written",
                FaultKind.Busy, isTransient: true);
        }
    }

    public void Dispose()
    {
        _renewing.Dispose();
        lock (_turn)
        {
            Try(() => _database.Execute(_database.Sql["leases.release"], _packId, _date, _holder, _fence));
            _database.Dispose();
        }

        _ended(this);
    }

    static void Add(ServerDatabase database, string packId, DateOnly date)
    {
        try
        {
            database.Execute(database.Sql["leases.add"], packId, date);
        }
        catch (DbException fault) when (database.IsDuplicate(fault))
        {
        }
    }

    // Whole seconds, at least one: the server adds them to its clock.
    static long SecondsOf(TimeSpan length) => Math.Max(1, (long)length.TotalSeconds);

    void Renew()
    {
        if (_turn.TryEnter())
        {
            try
            {
                Try(() => _database.Execute(_database.Sql["leases.renew"], _seconds, _packId, _date, _holder, _fence));
            }
            finally
            {
                _turn.Exit();
            }
        }
    }

    // A lease that could not be renewed or released ends by itself.
    void Try(Action act)
    {
        try
        {
            _database.Recover();
            act();
        }
        catch (Exception fault) when (fault is DbException or ReconException or ObjectDisposedException)
        {
        }
    }
}
