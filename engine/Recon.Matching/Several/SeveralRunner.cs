// Runs one N-way pass over the open rows of its leg, key by key.
using Recon.Matching.Blocks;
using Recon.Matching.Choosing;
using Recon.Model;

namespace Recon.Matching.Several;

/// <summary>
/// With <c>ask</c> a component of candidates in which the records of each side are interchangeable is matched k-th with k-th, and every
/// other one is ambiguous as a whole.
/// </summary>
sealed class SeveralRunner(SeveralPlan plan, Interchangeable[] same, Workers workers) : PassFinder
{
    // Keys of one task: some milliseconds.
    const int KeysTogether = 1 << 12;

    const int NoSide = -1;

    public override PassFindings Find(OpenRows open, Action<double>? progress) => Run(open, listing: false);

    public override PassFindings List(OpenRows open) => Run(open, listing: true);

    /// <summary>
    /// Records of all sources but one that meet every condition among themselves and nothing else of the kind: each set once, in
    /// the order of the smallest record. Of a key that spends its budget none is told.
    /// </summary>
    public List<PartialMatch> Partials(OpenRows open)
    {
        var blocks = SeveralBlocks.Of(plan, open, workers.Cancellation);
        var found = new List<PartialMatch>();
        var conditions = plan.Conditions();
        for (var block = 0; block < blocks.Count; block++)
        {
            var rows = RowsOf(blocks, block);
            if (rows.Count(own => own.Length > 0) >= rows.Length - 1)
            {
                AddPartials(conditions, rows, found);
            }
        }

        return [.. found.OrderBy(partial => (partial.Missing == 0 ? 1 : 0, partial.Rows.First(row => row >= 0)))];
    }

    void AddPartials(SeveralConditions conditions, int[][] rows, List<PartialMatch> found)
    {
        var block = new SeveralBlock(conditions, same, rows, workers.Cut.BlockSteps);
        for (var missing = 0; missing < rows.Length; missing++)
        {
            block.Join(missing, set => block.Keep(set));
        }

        foreach (var component in block.IsSpent ? [] : block.Components())
        {
            var missing = Array.FindIndex(component, bins => bins.Count == 0);
            if (missing != NoSide && component.Count(bins => bins.Count == 1) == component.Length - 1)
            {
                int[][] sides = [.. component.Select((bins, side) => block.Rows(side, bins))];
                var count = sides.Where((_, side) => side != missing).Min(own => own.Length);
                found.AddRange(Enumerable.Range(0, count).Select(k => new PartialMatch(
                    plan.Pass.Index, missing, [.. sides.Select((own, side) => side == missing ? NoSide : own[k])])));
            }
        }
    }

    PassFindings Run(OpenRows open, bool listing)
    {
        var blocks = SeveralBlocks.Of(plan, open, workers.Cancellation);
        var whole = new PassFindings(plan.Tables.Length);
        var gate = new Lock();
        workers.ForEach(
            (blocks.Count + KeysTogether - 1) / KeysTogether,
            () => new SeveralWorker(plan, same, workers.Cut.BlockSteps, listing),
            (part, worker) =>
            {
                for (var block = part * KeysTogether; block < Math.Min(blocks.Count, (part + 1) * KeysTogether); block++)
                {
                    var rows = RowsOf(blocks, block);
                    if (rows.All(own => own.Length > 0))
                    {
                        worker.Choose(rows);
                    }
                }

                worker.Finish();
            },
            worker =>
            {
                lock (gate)
                {
                    whole.Add(worker.Findings);
                }
            });
        return whole.Failure is null ? whole : throw whole.Failure.Exception;
    }

    int[][] RowsOf(SeveralBlocks blocks, int block) =>
        [.. Enumerable.Range(0, plan.Tables.Length).Select(side => blocks.Rows(side, block).ToArray())];
}
