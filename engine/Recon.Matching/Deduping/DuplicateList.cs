// Runs the dedupe passes of a pack and takes what they find off every leg.
using Recon.Matching.Blocks;
using Recon.Matching.Choosing;
using Recon.Matching.Reading;
using Recon.Model;
using Recon.Model.Rules;

namespace Recon.Matching.Deduping;

sealed class DuplicateList(Pack pack, IReadOnlyList<LegMatcher> legs)
{
    readonly List<DuplicateRow> _found = [];

    public IReadOnlyList<DuplicateRow> InOrder() => [.. _found.OrderBy(found => found.Source).ThenBy(found => found.Row)];

    /// <exception cref="RuleFailedException">The pass's C# threw; the failure of the first record.</exception>
    public void Run(PassSpec pass, RecordTable table, MatchOptions options, ReaderFactory readers, Workers workers)
    {
        var plan = new PassPlan(pass, [table, table], readers, options.Rules, options.HashSeed)
        {
            FewTexts = workers.Cut.FewTexts,
        };
        var asked = new OpenRows([RecordCondition.Refused(pass, table, OutOfReach(table), options.Rules)]);
        var partitions = PartitionedRows.PartitionsFor(table.Count, workers.Cut.PartitionRows);
        using var rows = PartitionedRows.Of(plan, 0, asked, PartitionShare.All(partitions), workers);
        var order = new FieldOrder(table, pass.Tie.LeftField, pass.Tie.Kind == TieKind.Newest);
        var stays = Stays(table);
        var (candidates, before, gate) = (0L, _found.Count, new Lock());
        workers.ForEach(
            partitions,
            () => new DuplicateFinder(plan, new PartitionRows(plan), stays, order),
            (partition, finder) =>
            {
                rows.Load(partition, finder.Rows);
                finder.Run();
            },
            finder =>
            {
                finder.Rows.Return(workers.Buffers);
                lock (gate)
                {
                    candidates += finder.Candidates;
                    _found.AddRange(finder.Found.Select(found =>
                        new DuplicateRow(pass.Left.Index, found.Row, found.Kept, pass.Index)));
                }
            });
        Exclude(pass, _found[before..]);
        legs[pass.Leg.Index].Note(new PassStatistics(pass.Index, candidates, _found.Count - before, Matches: 0, [0]));
        options.Progress?.Invoke(pass.Index, 1);
    }

    // A duplicate is no record any more: later passes neither keep it nor hold others against it.
    bool[] OutOfReach(RecordTable table)
    {
        var closed = new bool[table.Count];
        foreach (var duplicate in _found.Where(found => found.Source == table.Source.Index))
        {
            closed[duplicate.Row] = true;
        }

        return closed;
    }

    /// <summary>What was open before this run, and what a pass or an earlier run has taken on some leg.</summary>
    bool[] Stays(RecordTable table)
    {
        var stays = (bool[]?)table.Origins.Carried?.Clone() ?? new bool[table.Count];
        foreach (var leg in pack.LegsOf(table.Source))
        {
            var side = leg.SideOf(table.Name);
            for (var row = 0; row < stays.Length; row++)
            {
                stays[row] |= !legs[leg.Index].IsOpen(side, row);
            }
        }

        return stays;
    }

    void Exclude(PassSpec pass, List<DuplicateRow> found)
    {
        foreach (var leg in legs.Where(leg => leg.Leg.SideOf(pass.Left.Name) >= 0))
        {
            var side = leg.Leg.SideOf(pass.Left.Name);
            foreach (var duplicate in found)
            {
                leg.TakeElsewhere(side, duplicate.Row, pass.Index);
            }
        }
    }
}
