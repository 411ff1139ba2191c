// Ties that people decide: only what cannot be meant otherwise is a match.
using Recon.Model;

namespace Recon.Matching.Choosing;

/// <summary>
/// A component of the candidate graph whose records are interchangeable on both sides is one edge after folding: of m and n
/// such records min(m, n) pairs are made in id order. Every other component is ambiguous as a whole.
/// </summary>
sealed class AskTie(int pass, Interchangeable[] same, PassFindings findings)
{
    /// <param name="listing">
    /// List every component instead of deciding it: for what is left of the ambiguous ones when all passes have run.
    /// </param>
    public void Choose(CandidateGraph graph, int start, int end, bool listing)
    {
        foreach (var edges in Components.Of(graph, start, end))
        {
            var first = RowsOf(graph.First, graph.EdgeFirst, edges);
            var second = RowsOf(graph.Second, graph.EdgeSecond, edges);
            if (listing)
            {
                findings.Components.Add(Component(graph, edges, first, second));
            }
            else if (same[0].AllSame(first) && same[1].AllSame(second))
            {
                findings.AddPairs(first, second);
            }
            else
            {
                findings.Ambiguous[0].AddRange([.. first]);
                findings.Ambiguous[1].AddRange([.. second]);
            }
        }
    }

    // Rows of all bins that the edges touch, ascending.
    static List<int> RowsOf(BinList bins, IntList binOf, List<int> edges)
    {
        var seen = new HashSet<int>();
        var rows = new List<int>();
        foreach (var edge in edges)
        {
            if (seen.Add(binOf[edge]))
            {
                rows.AddRange(bins.Rows(binOf[edge]));
            }
        }

        rows.Sort();
        return rows;
    }

    AmbiguousComponent Component(CandidateGraph graph, List<int> edges, List<int> first, List<int> second)
    {
        long count = 0;
        var partners = new Dictionary<int, List<int>>();
        foreach (var edge in edges)
        {
            var (firstBin, secondBin) = (graph.EdgeFirst[edge], graph.EdgeSecond[edge]);
            count += (long)graph.First.Size(firstBin) * graph.Second.Size(secondBin);
            foreach (var row in graph.First.Rows(firstBin))
            {
                if (!partners.TryGetValue(row, out var bins))
                {
                    partners.Add(row, bins = []);
                }

                bins.Add(secondBin);
            }
        }

        return new AmbiguousComponent(pass, first, second, Edges(graph, first, partners), count);
    }

    static List<(int First, int Second)> Edges(
        CandidateGraph graph, List<int> first, Dictionary<int, List<int>> partners)
    {
        var listed = new List<(int First, int Second)>();
        foreach (var row in first)
        {
            var others = new List<int>();
            foreach (var bin in partners[row])
            {
                others.AddRange(graph.Second.Rows(bin));
            }

            others.Sort();
            var room = AmbiguousComponent.MaxEdges - listed.Count;
            listed.AddRange(others.Take(room).Select(other => (row, other)));
            if (listed.Count == AmbiguousComponent.MaxEdges)
            {
                break;
            }
        }

        return listed;
    }
}
