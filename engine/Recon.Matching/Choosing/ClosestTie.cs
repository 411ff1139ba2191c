// Ties that distance decides.
namespace Recon.Matching.Choosing;

/// <summary>
/// Takes pairs in the order (distance, id of the source declared first, id of the other), each record once.
/// </summary>
/// <remarks>
/// A distance is the tuple of what the pass's tolerances measure, in the order in which the pass declares them, each as an
/// exact integer: units of the finer scale for amounts, days or business days for dates, ticks for elapsed time.
/// </remarks>
sealed class ClosestTie(PassFindings findings)
{
    readonly Dictionary<int, int> _usedOfFirst = [];
    readonly Dictionary<int, int> _usedOfSecond = [];

    public void Choose(CandidateGraph graph, int start, int end)
    {
        var edges = Enumerable.Range(start, end - start).ToArray();
        Array.Sort(edges, (a, b) =>
        {
            var order = graph.CompareDistance(a, b);
            order = order != 0 ? order : HeadOf(graph.First, graph.EdgeFirst[a], graph.EdgeFirst[b]);
            return order != 0 ? order : HeadOf(graph.Second, graph.EdgeSecond[a], graph.EdgeSecond[b]);
        });

        _usedOfFirst.Clear();
        _usedOfSecond.Clear();
        for (var from = 0; from < edges.Length;)
        {
            var to = from + 1;
            while (to < edges.Length && graph.CompareDistance(edges[from], edges[to]) == 0)
            {
                to++;
            }

            TakeLevel(graph, edges.AsSpan(from, to - from));
            from = to;
        }
    }

    static int HeadOf(BinList bins, int bin, int other) => bins.Head(bin).CompareTo(bins.Head(other));

    // Within one distance: the records of the first source by id, each with its smallest free partner.
    // A bin is used up from its smallest id on, because all its records have the same partners.
    void TakeLevel(CandidateGraph graph, ReadOnlySpan<int> edges)
    {
        if (edges.Length == 1)
        {
            TakeBins(graph, graph.EdgeFirst[edges[0]], graph.EdgeSecond[edges[0]]);
            return;
        }

        var partners = new Dictionary<int, List<int>>();
        var records = new List<(int Row, int Bin)>();
        foreach (var edge in edges)
        {
            var bin = graph.EdgeFirst[edge];
            if (!partners.TryGetValue(bin, out var others))
            {
                partners.Add(bin, others = []);
                foreach (var row in graph.First.Rows(bin)[_usedOfFirst.GetValueOrDefault(bin)..])
                {
                    records.Add((row, bin));
                }
            }

            others.Add(graph.EdgeSecond[edge]);
        }

        records.Sort();
        foreach (var (row, bin) in records)
        {
            TakeOne(graph, row, bin, partners[bin]);
        }
    }

    void TakeOne(CandidateGraph graph, int row, int bin, List<int> others)
    {
        var (best, bestRow) = (-1, int.MaxValue);
        foreach (var other in others)
        {
            var used = _usedOfSecond.GetValueOrDefault(other);
            if (used < graph.Second.Size(other) && graph.Second.Rows(other)[used] < bestRow)
            {
                (best, bestRow) = (other, graph.Second.Rows(other)[used]);
            }
        }

        if (best != -1)
        {
            findings.AddPair(row, bestRow);
            _usedOfFirst[bin] = _usedOfFirst.GetValueOrDefault(bin) + 1;
            _usedOfSecond[best] = _usedOfSecond.GetValueOrDefault(best) + 1;
        }
    }

    void TakeBins(CandidateGraph graph, int first, int second)
    {
        var (firstUsed, secondUsed) = (_usedOfFirst.GetValueOrDefault(first),
            _usedOfSecond.GetValueOrDefault(second));
        var firstRows = graph.First.Rows(first)[firstUsed..];
        var secondRows = graph.Second.Rows(second)[secondUsed..];
        var pairs = Math.Min(firstRows.Length, secondRows.Length);
        for (var i = 0; i < pairs; i++)
        {
            findings.AddPair(firstRows[i], secondRows[i]);
        }

        _usedOfFirst[first] = firstUsed + pairs;
        _usedOfSecond[second] = secondUsed + pairs;
    }
}
