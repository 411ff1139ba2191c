// The connected parts of a candidate graph.
namespace Recon.Matching.Choosing;

/// <summary>Joins nodes into sets; the root of a set is its smallest node.</summary>
sealed class DisjointSets(int count)
{
    readonly int[] _parents = [.. Enumerable.Range(0, count)];

    public int Root(int node)
    {
        while (_parents[node] != node)
        {
            _parents[node] = _parents[_parents[node]];
            node = _parents[node];
        }

        return node;
    }

    public void Join(int node, int other)
    {
        var (a, b) = (Root(node), Root(other));
        _parents[Math.Max(a, b)] = Math.Min(a, b);
    }
}

/// <summary>One component: its edges, in the order in which they were found.</summary>
static class Components
{
    /// <summary>Edges [start, end) of the graph, component by component.</summary>
    public static IEnumerable<List<int>> Of(CandidateGraph graph, int start, int end)
    {
        if (start == end)
        {
            yield break;
        }

        var (firstLow, firstCount) = Span(graph.EdgeFirst, start, end);
        var (secondLow, secondCount) = Span(graph.EdgeSecond, start, end);
        var sets = new DisjointSets(firstCount + secondCount);
        for (var edge = start; edge < end; edge++)
        {
            sets.Join(graph.EdgeFirst[edge] - firstLow, firstCount + graph.EdgeSecond[edge] - secondLow);
        }

        var edges = new List<int>?[firstCount];
        for (var edge = start; edge < end; edge++)
        {
            (edges[sets.Root(graph.EdgeFirst[edge] - firstLow)] ??= []).Add(edge);
        }

        foreach (var component in edges)
        {
            if (component is not null)
            {
                yield return component;
            }
        }
    }

    static (int Low, int Count) Span(IntList bins, int start, int end)
    {
        var (low, high) = (int.MaxValue, -1);
        for (var edge = start; edge < end; edge++)
        {
            low = Math.Min(low, bins[edge]);
            high = Math.Max(high, bins[edge]);
        }

        return (low, high - low + 1);
    }
}
