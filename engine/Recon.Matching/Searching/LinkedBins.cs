// Which bins of both sides of a key meet windows and texts, directly or through others.
using Recon.Matching.Blocks;
using Recon.Matching.Choosing;

namespace Recon.Matching.Searching;

/// <summary>A connected part of the graph of pairs that meet windows and texts.</summary>
/// <param name="First">Bins of the first side, ascending; <paramref name="Second"/> those of the other.</param>
/// <param name="Partners">
/// By bin of the first side in their order the bins of the second that it meets; null where all meet all.
/// </param>
sealed record LinkedBins(int[] First, int[] Second, int[][]? Partners)
{
    /// <summary>True where every bin of one side meets every bin of the other.</summary>
    public bool IsComplete => Partners is null;
}

/// <summary>Links the bins of a key.</summary>
sealed class BinLinker(PassPlan plan, PartitionRows[] rows)
{
    readonly MemberFinder _finder = new(plan, rows, oneSide: 0);
    readonly List<int> _found = [];
    readonly List<int> _distances = [];

    /// <summary>All parts in which both sides have a bin; not to be used where the work is spent.</summary>
    /// <param name="first">The bins that take part, ascending.</param>
    public List<LinkedBins> Link(RecordBins[] bins, int[] first, int[] second, StepBudget work)
    {
        if (first.Length == 0 || second.Length == 0)
        {
            return [];
        }

        if (plan.Windows.Count == 0 && plan.Texts.Count == 0)
        {
            return [new LinkedBins(first, second, null)];
        }

        var partners = PartnersOf(bins, first, second, work);
        var places = second.Index().ToDictionary(each => each.Item, each => each.Index);
        var sets = new DisjointSets(first.Length + second.Length);
        var joined = new HashSet<int[]>();
        for (var i = 0; i < first.Length; i++)
        {
            if (partners[i].Length == 0)
            {
                continue;
            }

            var node = NodeOf(partners[i][0]);
            sets.Join(i, node);
            if (joined.Add(partners[i]))
            {
                Array.ForEach(partners[i], other => sets.Join(node, NodeOf(other)));
            }
        }

        return
        [
            .. Enumerable.Range(0, first.Length).Where(i => partners[i].Length > 0).GroupBy(sets.Root)
                .Select(part => Part([.. part], first, partners)),
        ];

        int NodeOf(int bin) => first.Length + places[bin];
    }

    static LinkedBins Part(int[] places, int[] first, int[][] partners)
    {
        int[][] own = [.. places.Select(i => partners[i])];
        int[] second = [.. own.Distinct().SelectMany(bins => bins).Distinct().Order()];
        return new LinkedBins([.. places.Select(i => first[i])], second, own.All(bins => bins.Length == second.Length) ? null : own);
    }

    // Bins of equal windows share one list.
    int[][] PartnersOf(RecordBins[] bins, int[] first, int[] second, StepBudget work)
    {
        var binAt = second.ToDictionary(bin => bins[1].Heads[bin]);
        _finder.Enter([.. second.Select(bin => bins[1].Heads[bin])], work);
        var partners = new int[first.Length][];
        int[] order = [.. Enumerable.Range(0, first.Length)];
        Array.Sort(order, (a, b) => bins[0].Windows(first[a]).SequenceCompareTo(bins[0].Windows(first[b])) is var by && by != 0 ? by : a.CompareTo(b));
        for (var k = 0; k < order.Length; k++)
        {
            var i = order[k];
            var isShared = k > 0 && !_finder.AsksTexts
                && bins[0].Windows(first[i]).SequenceEqual(bins[0].Windows(first[order[k - 1]]));
            partners[i] = isShared ? partners[order[k - 1]] : work.IsSpent ? [] : Find(bins[0].Heads[first[i]]);
        }

        return partners;

        int[] Find(int position)
        {
            _finder.Find(position, _found, _distances);
            return [.. _found.Select(found => binAt[found]).Order()];
        }
    }
}
