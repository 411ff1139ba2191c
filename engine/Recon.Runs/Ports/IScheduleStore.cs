// What a scheduler needs from the place where due runs are kept.
using Recon.Model;
using Recon.Runs.Scheduling;

namespace Recon.Runs.Ports;

/// <summary>Keeps which runs are due, who has them and how they ended, for all nodes that share it.</summary>
public interface IScheduleStore
{
    /// <summary>
    /// Reads and writes in one transaction. The turns of all nodes come one after the other: what is read in one still holds when
    /// it is written. A turn that throws has changed nothing.
    /// </summary>
    /// <exception cref="ReconException"><see cref="FaultKind.Storage"/>, transient where a retry may help.</exception>
    T Turn<T>(Func<IScheduleTurn, T> work);
}

/// <summary>One turn of a node.</summary>
public interface IScheduleTurn
{
    /// <summary>By pack id, in its order.</summary>
    IReadOnlyList<PackStanding> Packs();

    /// <summary>Adds or replaces what is known of a pack.</summary>
    void Keep(PackStanding pack);

    /// <summary>All that are due or running, by pack and <see cref="DueRun.Place"/>.</summary>
    IReadOnlyList<DueRun> Open();

    /// <summary>Those of a pack and date, by slot.</summary>
    IReadOnlyList<DueRun> Of(string packId, DateOnly businessDate);

    /// <summary>Those found last, the newest first; of all packs where <paramref name="packId"/> is null.</summary>
    IReadOnlyList<DueRun> Newest(string? packId, int limit);

    /// <summary>Adds one that is not there yet.</summary>
    void Add(DueRun due);

    /// <summary>Replaces the one with the same key.</summary>
    void Change(DueRun due);
}
