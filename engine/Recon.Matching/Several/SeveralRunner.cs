// Runs one N-way pass over the open rows of its leg, key by key.
using Recon.Matching.Blocks;
using Recon.Matching.Choosing;
using Recon.Model;

namespace Recon.Matching.Several;

/// <summary>
/// A component of candidates in which the records of each side are interchangeable is matched k-th with k-th; every other one is
/// ambiguous as a whole.
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
            block.Join(missing);
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
            () => (Conditions: plan.Conditions(), Findings: new PassFindings(plan.Tables.Length)),
            (part, local) =>
            {
                for (var block = part * KeysTogether; block < Math.Min(blocks.Count, (part + 1) * KeysTogether); block++)
                {
                    var rows = RowsOf(blocks, block);
                    if (rows.All(own => own.Length > 0))
                    {
                        Choose(local.Conditions, rows, local.Findings, listing);
                    }
                }
            },
            local =>
            {
                lock (gate)
                {
                    whole.Add(local.Findings);
                }
            });
        return whole;
    }

    void Choose(SeveralConditions conditions, int[][] rows, PassFindings findings, bool listing)
    {
        if (!listing && rows.All(own => own.Length == 1))
        {
            ChooseOnly(conditions, rows, findings);
            return;
        }

        var block = new SeveralBlock(conditions, same, rows, workers.Cut.BlockSteps);
        var pairs = listing ? new SeveralPairs(block) : null;
        block.Join(NoSide, pairs is null ? null : pairs.Add);
        if (block.IsSpent)
        {
            findings.Capped.Add(new CappedRows(rows));
            return;
        }

        findings.Candidates += block.LookedAt;
        findings.Fitting += block.Fitting;
        foreach (var component in block.Components())
        {
            int[][] sides = [.. component.Select((bins, side) => block.Rows(side, bins))];
            if (pairs is not null)
            {
                findings.Components.Add(pairs.Describe(plan.Pass.Index, component, sides));
            }
            else if (component.All(bins => bins.Count == 1))
            {
                findings.AddTuples(sides);
            }
            else
            {
                for (var side = 0; side < sides.Length; side++)
                {
                    findings.Ambiguous[side].AddRange(sides[side]);
                }
            }
        }
    }

    // One record on each side: the case of almost every key.
    static void ChooseOnly(SeveralConditions conditions, int[][] rows, PassFindings findings)
    {
        findings.Candidates++;
        for (var side = 0; side < rows.Length; side++)
        {
            for (var other = side + 1; other < rows.Length; other++)
            {
                if (conditions.IsAsked(side, other) && !conditions.Meet(side, rows[side][0], other, rows[other][0]))
                {
                    return;
                }
            }
        }

        findings.Fitting++;
        findings.AddTuples(rows);
    }

    int[][] RowsOf(SeveralBlocks blocks, int block) =>
        [.. Enumerable.Range(0, plan.Tables.Length).Select(side => blocks.Rows(side, block).ToArray())];
}
