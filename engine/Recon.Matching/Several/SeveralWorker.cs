// Decides the keys of an N-way pass that one thread was given.
using Recon.Matching.Choosing;
using Recon.Model.Rules;

namespace Recon.Matching.Several;

/// <summary>Key by key: candidates, then what the tie of the pass makes of them.</summary>
sealed class SeveralWorker
{
    const int NoSide = -1;

    readonly SeveralPlan _plan;
    readonly Interchangeable[] _same;
    readonly long _mostSteps;
    readonly bool _listing;
    readonly SeveralConditions _conditions;
    readonly SeveralCondition _when;
    readonly SeveralCondition _ofOne;
    readonly OrderedTuples? _ordered;

    public SeveralWorker(SeveralPlan plan, Interchangeable[] same, long mostSteps, bool listing)
    {
        (_plan, _same, _mostSteps, _listing) = (plan, same, mostSteps, listing);
        Findings = new PassFindings(plan.Tables.Length);
        _conditions = plan.Conditions();
        _when = new SeveralCondition(plan, Findings);
        _ofOne = new SeveralCondition(plan, Findings);
        _ordered = Tie.Kind is TieKind.Oldest or TieKind.Newest && !listing
            ? new OrderedTuples(_conditions, [.. plan.Tables.Select((table, side) =>
                new FieldOrder(table, Tie.SideFields[side], Tie.Kind == TieKind.Newest))], _when, Findings)
            : null;
    }

    public PassFindings Findings { get; }

    TieRule Tie => _plan.Pass.Tie;

    /// <param name="rows">Of one key, by side; none is empty.</param>
    public void Choose(int[][] rows)
    {
        if (!_listing && rows.All(own => own.Length == 1))
        {
            ChooseOnly([.. rows.Select(own => own[0])]);
        }
        else if (_ordered is not null)
        {
            _ordered.Choose(rows, _mostSteps);
        }
        else
        {
            ChooseAmong(rows);
        }
    }

    /// <summary>Decides what was left to be asked together.</summary>
    public void Finish() => _ofOne.AskOffered(TakeOnly);

    // One record on each side: the case of almost every key.
    void ChooseOnly(int[] rows)
    {
        Findings.Candidates++;
        for (var side = 0; side < rows.Length; side++)
        {
            for (var other = side + 1; other < rows.Length; other++)
            {
                if (_conditions.IsAsked(side, other) && !_conditions.Meet(side, rows[side], other, rows[other]))
                {
                    return;
                }
            }
        }

        _ofOne.Offer(rows, rows, TakeOnly);
    }

    void TakeOnly(ReadOnlySpan<int> rows, ReadOnlySpan<int> bins)
    {
        Findings.Fitting++;
        Findings.AddTuple(rows);
    }

    void ChooseAmong(int[][] rows)
    {
        var block = new SeveralBlock(_conditions, _same, rows, _mostSteps);
        var pairs = _listing ? new SeveralPairs(block) : null;
        var candidates = !_listing && Tie.Kind is TieKind.Closest or TieKind.Best ? new SeveralCandidates(_conditions, rows.Length) : null;
        block.Join(NoSide, bins =>
        {
            block.Spend(_plan.When is null ? 0 : StepBudget.NodeSteps);
            _when.Offer([.. bins.Select((bin, side) => block.RowsOf(side, bin)[0])], bins, Keep);
        });
        _when.AskOffered(Keep);
        if (block.IsSpent)
        {
            Findings.Capped.Add(new CappedRows(rows));
            return;
        }

        Findings.Candidates += block.LookedAt;
        Findings.Fitting += block.Fitting;
        Decide(block, pairs, candidates);

        void Keep(ReadOnlySpan<int> heads, ReadOnlySpan<int> bins)
        {
            block.Keep(bins);
            pairs?.Add(bins);
            if (candidates is not null)
            {
                block.Spend(SeveralCandidates.KeepSteps);
                candidates.Add(heads, bins);
            }
        }
    }

    void Decide(SeveralBlock block, SeveralPairs? pairs, SeveralCandidates? candidates)
    {
        if (candidates is null)
        {
            Ask(block, pairs);
        }
        else if (Tie.Kind == TieKind.Closest)
        {
            new ClosestTuples(block, candidates, _plan.Tables.Length, Findings).Choose();
        }
        else
        {
            new BestTuples(block, candidates, Tie.UnlessAmbiguous, _mostSteps, Findings).Choose();
        }
    }

    void Ask(SeveralBlock block, SeveralPairs? pairs)
    {
        foreach (var component in block.Components())
        {
            int[][] sides = [.. component.Select((bins, side) => block.Rows(side, bins))];
            if (pairs is not null)
            {
                Findings.Components.Add(pairs.Describe(_plan.Pass.Index, component, sides));
            }
            else if (component.All(bins => bins.Count == 1))
            {
                Findings.AddTuples(sides);
            }
            else
            {
                for (var side = 0; side < sides.Length; side++)
                {
                    Findings.Ambiguous[side].AddRange(sides[side]);
                }
            }
        }
    }
}
