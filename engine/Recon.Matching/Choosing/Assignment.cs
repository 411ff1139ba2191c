// The pairs of one component as an assignment: how many records of each bin may go where.
namespace Recon.Matching.Choosing;

/// <summary>
/// Bins of both sides of a component, numbered by their smallest record, its pairs of bins sorted by (first, second), and how
/// many records are paired over each. Pair e is of the bin whose <see cref="Out"/> holds e and of <see cref="To"/>[e].
/// </summary>
sealed class Assignment
{
    readonly int[] _outEnds;
    readonly int[] _inEnds;
    readonly int[] _in;

    /// <param name="edges">Edges of the graph that make one component.</param>
    public Assignment(CandidateGraph graph, List<int> edges)
    {
        Bins = [Numbered(graph.First, graph.EdgeFirst, edges), Numbered(graph.Second, graph.EdgeSecond, edges)];
        var (first, second) = (PlacesOf(Bins[0]), PlacesOf(Bins[1]));
        Edges = [.. edges.OrderBy(edge => first[graph.EdgeFirst[edge]]).ThenBy(edge => second[graph.EdgeSecond[edge]])];
        From = Array.ConvertAll(Edges, edge => first[graph.EdgeFirst[edge]]);
        To = Array.ConvertAll(Edges, edge => second[graph.EdgeSecond[edge]]);
        _outEnds = Ends(From, Bins[0].Length);
        _inEnds = Ends(To, Bins[1].Length);
        _in = [.. Enumerable.Range(0, Edges.Length).OrderBy(edge => To[edge])];
        Paired = new int[Edges.Length];
        Left = Array.ConvertAll(Bins[0], graph.First.Size);
        Room = Array.ConvertAll(Bins[1], graph.Second.Size);
        Unpaired = new int[Left.Length];
        Used = new int[Room.Length];
    }

    /// <summary>By side: bins of the graph by their number here.</summary>
    public int[][] Bins { get; }

    /// <summary>Edges of the graph by their number here.</summary>
    public int[] Edges { get; }

    public int[] From { get; }

    public int[] To { get; }

    /// <summary>By pair of bins: records paired over it.</summary>
    public int[] Paired { get; }

    /// <summary>By bin of the first side: its records.</summary>
    public int[] Left { get; }

    /// <summary>By bin of the first side: records that find no partner.</summary>
    public int[] Unpaired { get; }

    /// <summary>By bin of the second side: its records.</summary>
    public int[] Room { get; }

    /// <summary>By bin of the second side: records that are paired.</summary>
    public int[] Used { get; }

    /// <summary>The most pairs that could be made.</summary>
    public int MostPairs => Math.Min(Left.Sum(), Room.Sum());

    /// <summary>Pairs of a bin of the first side, [Start, End).</summary>
    public (int Start, int End) Out(int first) => (first == 0 ? 0 : _outEnds[first - 1], _outEnds[first]);

    /// <summary>Pairs of a bin of the second side.</summary>
    public ReadOnlySpan<int> In(int second)
    {
        var start = second == 0 ? 0 : _inEnds[second - 1];
        return _in.AsSpan(start, _inEnds[second] - start);
    }

    static int[] Numbered(BinList bins, IntList binOf, List<int> edges) =>
        [.. edges.Select(edge => binOf[edge]).Distinct().OrderBy(bins.Head)];

    static Dictionary<int, int> PlacesOf(int[] bins) => bins.Index().ToDictionary(at => at.Item, at => at.Index);

    static int[] Ends(int[] bins, int count)
    {
        var ends = new int[count];
        foreach (var bin in bins)
        {
            ends[bin]++;
        }

        for (var bin = 1; bin < count; bin++)
        {
            ends[bin] += ends[bin - 1];
        }

        return ends;
    }
}
