// Ties of an N-way pass that distance decides.
using Recon.Matching.Choosing;

namespace Recon.Matching.Several;

/// <summary>
/// Takes sets of records in the order (distance, id of the source declared first, id of the second, and so on), each record once.
/// </summary>
/// <remarks>
/// A distance is the tuple of what the tolerances of all pairs measure, in the order in which the pass states them, each as an exact
/// integer, compared entry by entry.
/// </remarks>
sealed class ClosestTuples(SeveralBlock block, SeveralCandidates candidates, int sides, PassFindings findings)
{
    readonly Dictionary<(int Side, int Bin), int> _used = [];

    public void Choose()
    {
        var order = Enumerable.Range(0, candidates.Count).ToArray();
        Array.Sort(order, candidates.CompareDistance);
        for (var from = 0; from < order.Length;)
        {
            var to = from + 1;
            while (to < order.Length && candidates.CompareDistance(order[from], order[to]) == 0)
            {
                to++;
            }

            TakeLevel(order.AsSpan(from, to - from));
            from = to;
        }
    }

    // A bin is used up from its smallest id on, because all its records stand in the same candidates; so what a candidate offers
    // only grows, and one that was overtaken is put back in its place.
    void TakeLevel(ReadOnlySpan<int> level)
    {
        var queue = new PriorityQueue<int, int[]>(Comparer<int[]>.Create((rows, others) => rows.AsSpan().SequenceCompareTo(others)));
        foreach (var candidate in level)
        {
            Offer(queue, candidate);
        }

        while (queue.TryDequeue(out var candidate, out var rows))
        {
            if (FreeRows(candidate) is { } free && free.AsSpan().SequenceEqual(rows))
            {
                Take(candidate, rows);
            }

            Offer(queue, candidate);
        }
    }

    void Offer(PriorityQueue<int, int[]> queue, int candidate)
    {
        if (FreeRows(candidate) is { } rows)
        {
            queue.Enqueue(candidate, rows);
        }
    }

    // The smallest row of each of its bins that is not taken; null where one has none.
    int[]? FreeRows(int candidate)
    {
        var bins = candidates.Bins(candidate);
        var rows = new int[sides];
        for (var side = 0; side < sides; side++)
        {
            var own = block.RowsOf(side, bins[side]);
            var used = _used.GetValueOrDefault((side, bins[side]));
            if (used == own.Length)
            {
                return null;
            }

            rows[side] = own[used];
        }

        return rows;
    }

    void Take(int candidate, int[] rows)
    {
        findings.AddTuple(rows);
        foreach (var (side, bin) in candidates.Bins(candidate).ToArray().Index())
        {
            _used[(side, bin)] = _used.GetValueOrDefault((side, bin)) + 1;
        }
    }
}
