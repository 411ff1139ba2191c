// Due runs in memory: the plain counterpart of the stores.
using Recon.Model;
using Recon.Runs.Ports;
using Recon.Runs.Scheduling;

namespace Recon.Tests.Runs.Scheduling;

sealed class MemorySchedule : IScheduleStore, IScheduleTurn
{
    readonly SortedDictionary<(string, DateOnly, Instant), DueRun> _due = [];
    readonly SortedDictionary<string, PackStanding> _packs = new(StringComparer.Ordinal);

    public IReadOnlyList<DueRun> All => [.. _due.Values];

    public T Turn<T>(Func<IScheduleTurn, T> work) => work(this);

    public IReadOnlyList<PackStanding> Packs() => [.. _packs.Values];

    public void Keep(PackStanding pack) => _packs[pack.PackId] = pack;

    public IReadOnlyList<DueRun> Open() => [.. _due.Values.Where(due => due.IsOpen)];

    public IReadOnlyList<DueRun> Of(string packId, DateOnly businessDate) =>
        [.. _due.Values.Where(due => due.PackId == packId && due.BusinessDate == businessDate)];

    public IReadOnlyList<DueRun> Newest(string? packId, int limit) =>
        [.. _due.Values.Where(due => packId is null || due.PackId == packId).OrderByDescending(due => due.FoundAt).Take(limit)];

    public void Add(DueRun due) => _due.Add(KeyOf(due), due);

    public void Change(DueRun due)
    {
        Assert(_due.ContainsKey(KeyOf(due)));
        _due[KeyOf(due)] = due;
    }

    static (string, DateOnly, Instant) KeyOf(DueRun due) => (due.PackId, due.BusinessDate, due.Slot);

    static void Assert(bool holds) => Xunit.Assert.True(holds);
}
