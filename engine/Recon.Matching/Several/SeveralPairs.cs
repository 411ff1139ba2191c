// Which two records stand together in a candidate of an N-way pass, for the list of an ambiguous component.
using Recon.Model;

namespace Recon.Matching.Several;

/// <summary>Gathers pairs of bins, candidate by candidate.</summary>
sealed class SeveralPairs(SeveralBlock block)
{
    readonly Dictionary<SideRow, SortedSet<SideBin>> _partners = [];

    /// <param name="chosen">By side the bin of the candidate.</param>
    public void Add(ReadOnlySpan<int> chosen)
    {
        for (var side = 0; side < chosen.Length; side++)
        {
            for (var other = side + 1; other < chosen.Length; other++)
            {
                var bin = new SideRow(side, chosen[side]);
                if (!_partners.TryGetValue(bin, out var others))
                {
                    _partners.Add(bin, others = []);
                }

                others.Add(new SideBin(other, chosen[other]));
            }
        }
    }

    /// <summary>The component with its pairs in the order of (side, row) of both, cut where a person would stop.</summary>
    public AmbiguousComponent Describe(int pass, List<int>[] bins, int[][] rows)
    {
        long count = 0;
        var edges = new List<Edge>();
        for (var side = 0; side < bins.Length; side++)
        {
            var records = new List<(int Row, int Bin)>();
            foreach (var bin in bins[side])
            {
                records.AddRange(block.RowsOf(side, bin).Select(row => (row, bin)));
                count += block.RowsOf(side, bin).LongLength * Partners(side, bin).Sum(other => block.RowsOf(other.Side, other.Bin).LongLength);
            }

            foreach (var (row, bin) in records.Order().TakeWhile(_ => edges.Count < AmbiguousComponent.MaxEdges))
            {
                edges.AddRange(Partners(side, bin)
                    .SelectMany(other => block.RowsOf(other.Side, other.Bin).Select(otherRow => new SideRow(other.Side, otherRow)))
                    .OrderBy(other => (other.Side, other.Row))
                    .Take(AmbiguousComponent.MaxEdges - edges.Count)
                    .Select(other => new Edge(new SideRow(side, row), other)));
            }
        }

        return new AmbiguousComponent(pass, rows, edges, count);
    }

    IReadOnlyCollection<SideBin> Partners(int side, int bin) =>
        _partners.TryGetValue(new SideRow(side, bin), out var others) ? others : [];

    readonly record struct SideBin(int Side, int Bin) : IComparable<SideBin>
    {
        public int CompareTo(SideBin other) => (Side, Bin).CompareTo((other.Side, other.Bin));
    }
}
