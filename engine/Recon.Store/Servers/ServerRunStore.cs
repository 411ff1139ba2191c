// The store on a database server, shared by the processes of many machines.
using System.Data.Common;
using Recon.Model;
using Recon.Store.PostgreSql;
using Recon.Store.SqlServer;

namespace Recon.Store.Servers;

/// <summary>Keeps runs on PostgreSQL or SQL Server.</summary>
public sealed class ServerRunStore : RunStore
{
    readonly ServerDatabase _database;
    readonly TimeSpan _lease;
    readonly List<Lease> _leases = [];

    ServerRunStore(ServerDatabase database, TimeSpan lease)
        : base(database) => (_database, _lease) = (database, lease);

    /// <summary>How long a claim outlives a process that died, at most: it is renewed three times in this time.</summary>
    public static TimeSpan DefaultLease { get; } = TimeSpan.FromSeconds(30);

    /// <summary>Opens the store of a database, whose schema must be this engine's.</summary>
    /// <exception cref="ReconException">
    /// <see cref="FaultKind.Storage"/>: it cannot be reached, or its schema is older or newer than this engine's.
    /// </exception>
    public static ServerRunStore Open(Connection connection, TimeSpan? lease = null)
    {
        var store = new ServerRunStore(DatabaseOf(connection), lease ?? DefaultLease);
        try
        {
            store._database.Attempt(
                () =>
                {
                    ServerSchema.DemandCurrent(store._database);
                    return true;
                },
                isRepeatable: true);
            return store;
        }
        catch
        {
            store.Dispose();
            throw;
        }
    }

    public override IDisposable Claim(string packId, DateOnly businessDate)
    {
        var database = _database.Another();
        try
        {
            var lease = database.Attempt(() => Lease.TryTake(database, packId, businessDate, _lease, Forget), isRepeatable: true);
            return Held(lease) ?? throw new ReconException(
                $"{packId} {StoreText.Of(businessDate)} is being run by another process"
                    + (Lease.HolderOf(database, packId, businessDate) is { } holder ? $": {holder}" : ""),
                FaultKind.Busy, isTransient: true);
        }
        catch (Exception fault)
        {
            database.Dispose();
            throw fault is DbException told ? database.FaultOf(told) : fault;
        }
    }

    internal static ServerDatabase DatabaseOf(Connection connection) => connection.Server switch
    {
        DatabaseServer.PostgreSql => new PostgreSqlDatabase(connection),
        DatabaseServer.SqlServer => new SqlServerDatabase(connection),
        _ => throw new ReconException(
            $"{connection}: a store is on sqlserver or postgresql, or in an SQLite file", FaultKind.InputWrong),
    };

    private protected override void Guard(string packId, DateOnly businessDate)
    {
        lock (_leases)
        {
            _leases.Find(lease => lease.IsOf(packId, businessDate))?.Demand(Database);
        }
    }

    Lease? Held(Lease? lease)
    {
        lock (_leases)
        {
            if (lease is not null)
            {
                _leases.Add(lease);
            }
        }

        return lease;
    }

    void Forget(Lease lease)
    {
        lock (_leases)
        {
            _leases.Remove(lease);
        }
    }
}
