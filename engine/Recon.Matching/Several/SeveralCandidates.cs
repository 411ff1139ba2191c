// The candidates of one key of an N-way pass, with their distances.
using Recon.Matching.Choosing;

namespace Recon.Matching.Several;

/// <summary>Sets of bins that meet every condition of the pass.</summary>
sealed class SeveralCandidates(SeveralConditions conditions, int sides)
{
    /// <summary>What keeping a candidate counts in the budget of its key: it bounds their memory to some hundred MiB.</summary>
    public const int KeepSteps = 32;

    readonly IntList _bins = new();
    readonly List<Int128> _distances = [];

    public int Count => _bins.Count / sides;

    public int Measures => conditions.Measures;

    /// <param name="rows">A row of each bin, by side: all of a bin lie equally far.</param>
    public void Add(ReadOnlySpan<int> rows, ReadOnlySpan<int> bins)
    {
        Span<Int128> distances = stackalloc Int128[Measures];
        conditions.Distances(rows, distances);
        _distances.AddRange(distances);
        _bins.AddRange(bins);
    }

    /// <summary>By side.</summary>
    public ReadOnlySpan<int> Bins(int candidate) => _bins.Span.Slice(candidate * sides, sides);

    public Int128 Distance(int candidate, int measure) => _distances[(candidate * Measures) + measure];

    /// <summary>Entry by entry, in the order of the pass.</summary>
    public int CompareDistance(int candidate, int other)
    {
        for (var measure = 0; measure < Measures; measure++)
        {
            if (Distance(candidate, measure).CompareTo(Distance(other, measure)) is var order and not 0)
            {
                return order;
            }
        }

        return 0;
    }
}
