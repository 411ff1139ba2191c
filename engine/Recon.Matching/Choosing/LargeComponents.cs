// The connected parts of a block whose candidate pairs are too many to be listed.
using Recon.Model;

namespace Recon.Matching.Choosing;

/// <summary>Bins that candidates connect, and how many pairs of records were seen to do so.</summary>
sealed record LargeComponent(List<int> First, List<int> Second, long Found);

/// <summary>
/// Grows components bin by bin: a bin that is reached leaves the tree of its side, so each is found once, not once a pair.
/// </summary>
sealed class LargeComponents(int pass, LargeBlock block, CancellationToken cancellation)
{
    readonly BinTree[] _trees = [Tree(block, 0), Tree(block, 1)];
    readonly List<int> _reached = [];

    /// <summary>Components with a pair at least, by their smallest record of the first side; incomplete where the budget is spent.</summary>
    public List<LargeComponent> Find()
    {
        var components = new List<LargeComponent>();
        for (var bin = 0; bin < block.BinCount(0) && !block.Steps.IsSpent; bin++)
        {
            if (_trees[0].IsFree(bin) && Grow(bin) is { Second.Count: > 0 } component)
            {
                components.Add(component);
            }
        }

        return components;
    }

    /// <summary>Rows of the bins, ascending.</summary>
    public List<int> Rows(int side, List<int> bins) => [.. bins.SelectMany(bin => block.Rows(side, bin)).Order()];

    /// <summary>
    /// Lists the first edges and counts all; where the budget ends before that, it says so and counts those it saw.
    /// </summary>
    public AmbiguousComponent Describe(LargeComponent component, List<int> first, List<int> second)
    {
        var binOf = component.First.SelectMany(bin => block.Rows(0, bin).Select(row => (row, bin))).ToDictionary(at => at.row, at => at.bin);
        var edges = new List<(int First, int Second)>();
        for (var i = 0; i < first.Count && edges.Count < AmbiguousComponent.MaxEdges && !block.Steps.IsSpent; i++)
        {
            var partners = Rows(1, Partners(binOf[first[i]]));
            edges.AddRange(partners.Take(AmbiguousComponent.MaxEdges - edges.Count).Select(other => (first[i], other)));
        }

        long count = 0;
        foreach (var bin in component.First)
        {
            cancellation.ThrowIfCancellationRequested();
            var partners = block.Steps.IsSpent ? 0 : PartnerCount(bin);
            count += block.Steps.IsSpent ? 0 : block.Rows(0, bin).Length * partners;
        }

        var isCapped = block.Steps.IsSpent;
        return new AmbiguousComponent(pass, first, second, edges, isCapped ? Math.Max(component.Found, count) : count)
        {
            IsCapped = isCapped,
        };
    }

    /// <summary>Adds the bins and pairs of a component to an empty graph; false where there are too many or the budget is spent.</summary>
    public bool TryList(LargeComponent component, CandidateGraph graph, int most)
    {
        var placeOf = new Dictionary<int, int>();
        foreach (var bin in component.Second.Order())
        {
            placeOf.Add(bin, placeOf.Count);
            graph.Second.AddBin(block.Rows(1, bin));
        }

        Span<Int128> distance = stackalloc Int128[graph.Measures];
        foreach (var (place, bin) in component.First.Order().Index())
        {
            cancellation.ThrowIfCancellationRequested();
            graph.First.AddBin(block.Rows(0, bin));

            // Once the budget is spent, others than partners are among them.
            var partners = Partners(bin);
            if (block.Steps.IsSpent || graph.EdgeCount + partners.Count > most)
            {
                return false;
            }

            foreach (var other in partners)
            {
                block.Measure(bin, other, distance);
                graph.AddEdge(place, placeOf[other], distance);
            }
        }

        return true;
    }

    LargeComponent Grow(int start)
    {
        var found = 0L;
        List<int>[] bins = [[start], []];
        var open = new Queue<(int Side, int Bin)>();
        Reach(0, start);
        while (open.TryDequeue(out var from) && !block.Steps.IsSpent)
        {
            cancellation.ThrowIfCancellationRequested();
            var other = 1 - from.Side;
            _trees[other].Gather(block.BoxOf(from.Side, from.Bin), usedUpToo: false, _reached);
            block.Filter(from.Side, from.Bin, _reached);
            foreach (var bin in _reached)
            {
                found += (long)block.Rows(from.Side, from.Bin).Length * block.Rows(other, bin).Length;
                bins[other].Add(bin);
                Reach(other, bin);
            }
        }

        return new LargeComponent(bins[0], bins[1], found);

        void Reach(int side, int bin)
        {
            _trees[side].Rank(bin, BinTree.UsedUp);
            open.Enqueue((side, bin));
        }
    }

    List<int> Partners(int bin)
    {
        _trees[1].Gather(block.BoxOf(0, bin), usedUpToo: true, _reached);
        block.Filter(0, bin, _reached);
        return _reached;
    }

    long PartnerCount(int bin) => block.HasCondition
        ? Partners(bin).Sum(other => (long)block.Rows(1, other).Length)
        : _trees[1].CountRows(block.BoxOf(0, bin));

    static BinTree Tree(LargeBlock block, int side) => block.Tree(side, [.. Enumerable.Range(0, block.BinCount(side))]);
}
