// A store of its own for each test, on any of the servers, gone when the test is over.
using Recon.Store;
using Recon.Store.Schedules;

namespace Recon.Tests.Store;

public abstract class TempStore : IDisposable
{
    public abstract RunStore Open();

    /// <summary>The due runs in the same database.</summary>
    public abstract ScheduleStore Schedule();

    /// <summary>Runs SQL on the store, past the engine.</summary>
    public abstract void Tamper(string sql, params object?[] values);

    /// <summary>Another store on the same server.</summary>
    public abstract TempStore Another();

    public abstract void Dispose();
}

/// <summary>A law that every store keeps: one class below it for each server (<c>EveryStore.cs</c>).</summary>
public abstract class StoreTests(TempStore temp) : IDisposable
{
    protected TempStore Temp => temp;

    public virtual void Dispose()
    {
        temp.Dispose();
        GC.SuppressFinalize(this);
    }
}
