// What workload W is made of: how many events of each kind, and which event stands behind a row.
namespace Recon.Cli.Benching;

/// <summary>What happened to an event on its way into the two files.</summary>
enum EventKind
{
    /// <summary>Both files say the same; the bank up to two days later.</summary>
    Same,

    /// <summary>The bank's amount is off by 0.01 to 0.05, either way.</summary>
    AmountOff,

    /// <summary>The bank has no reference; its date is off by at most two days, either way.</summary>
    WithoutReference,

    /// <summary>One row of the ledger is several of the bank, which add up to it.</summary>
    Split,

    /// <summary>The same reference and amount more than once, on one side or on both.</summary>
    Repeated,

    /// <summary>In one file only.</summary>
    Alone,
}

/// <summary>Events of one kind: <paramref name="Ledger"/> rows an event in the ledger, <paramref name="Bank"/> in the bank.</summary>
sealed record EventGroup(EventKind Kind, long Events, int Ledger, int Bank);

/// <summary>A row before it is shuffled.</summary>
/// <param name="Event">From 0, over all kinds.</param>
/// <param name="Part">From 0, among the rows of the event on this side.</param>
readonly record struct PlannedRow(EventGroup Group, long Event, int Part);

/// <summary>
/// W(N): N rows a side, 90 % of them the same, 3 % off in the amount, 2 % without reference, 1 % of the ledger split in 2 to
/// 4, 1 % repeated; what is left to N has no partner.
/// </summary>
sealed class WorkloadPlan
{
    readonly List<EventGroup> _groups = [];

    /// <param name="rows">N, at least 1.</param>
    internal WorkloadPlan(long rows)
    {
        Rows = rows;
        AddWithAlone(rows, alone: rows * 3 / 100);
    }

    internal long Rows { get; }

    internal IReadOnlyList<EventGroup> Groups => _groups;

    internal PlannedRow OfLedger(long row) => Find(row, group => group.Ledger);

    internal PlannedRow OfBank(long row) => Find(row, group => group.Bank);

    void AddWithAlone(long rows, long alone)
    {
        _groups.Add(new EventGroup(EventKind.AmountOff, rows * 3 / 100, 1, 1));
        _groups.Add(new EventGroup(EventKind.WithoutReference, rows / 50, 1, 1));
        for (var parts = 2; parts <= 4; parts++)
        {
            _groups.Add(new EventGroup(EventKind.Split, rows / 300, 1, parts));
        }

        // Two against two, one against two, two against one: five rows a side, 1 % in all.
        foreach (var (ledger, bank) in new[] { (2, 2), (1, 2), (2, 1) })
        {
            _groups.Add(new EventGroup(EventKind.Repeated, rows / 500, ledger, bank));
        }

        _groups.Add(new EventGroup(EventKind.Alone, alone, 1, 0));
        _groups.Add(new EventGroup(EventKind.Same, rows - Sum(group => group.Ledger), 1, 1));
        _groups.Add(new EventGroup(EventKind.Alone, rows - Sum(group => group.Bank), 0, 1));
    }

    long Sum(Func<EventGroup, int> rowsOf) => _groups.Sum(group => group.Events * rowsOf(group));

    PlannedRow Find(long row, Func<EventGroup, int> rowsOf)
    {
        long before = 0;
        foreach (var group in _groups)
        {
            var rows = rowsOf(group);
            if (row < group.Events * rows)
            {
                return new PlannedRow(group, before + (row / rows), (int)(row % rows));
            }

            row -= group.Events * rows;
            before += group.Events;
        }

        throw new ArgumentOutOfRangeException(nameof(row));
    }
}
