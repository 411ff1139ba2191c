// Ties of an N-way pass that the whole decides: as many matches as possible, then the smallest total distance, then the smallest list.
using Recon.Matching.Choosing;

namespace Recon.Matching.Several;

/// <summary>Chooses component by component: what is best for each is best for the key.</summary>
/// <remarks>
/// Choices are the same that differ only in which of several interchangeable records stands where. Where more than one is best, the
/// component is ambiguous if the pass asks, and counted as one with alternatives else. The search is exact; where a component takes
/// more than its steps, nothing of it is decided.
/// </remarks>
sealed class BestTuples(SeveralBlock block, SeveralCandidates candidates, bool unlessAmbiguous, long mostSteps, PassFindings findings)
{
    public void Choose()
    {
        foreach (var component in Enumerable.Range(0, candidates.Count).GroupBy(each => block.ComponentOf(0, candidates.Bins(each)[0])))
        {
            ChooseComponent([.. component]);
        }
    }

    void ChooseComponent(int[] component)
    {
        var sides = candidates.Bins(component[0]).Length;
        int[][] rows = [.. Enumerable.Range(0, sides).Select(side =>
            block.Rows(side, component.Select(each => candidates.Bins(each)[side]).Distinct()))];
        if (component.Length == 1)
        {
            findings.AddTuples(rows);
            return;
        }

        var search = new TupleSearch(block, candidates, component, StepBudget.Of(mostSteps, rows.Sum(own => own.LongLength)));
        if (!search.Run())
        {
            findings.Capped.Add(new CappedRows(rows));
        }
        else if (!search.IsOnly && unlessAmbiguous)
        {
            for (var side = 0; side < sides; side++)
            {
                findings.Ambiguous[side].AddRange(rows[side]);
            }
        }
        else
        {
            findings.Alternatives += search.IsOnly ? 0 : 1;
            search.Best.ForEach(tuple => findings.AddTuple(tuple));
        }
    }
}
