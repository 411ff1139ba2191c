// The candidates of some blocks: bins of records that the pass cannot tell apart, and the edges between them.
namespace Recon.Matching.Choosing;

/// <summary>
/// Bins by side and edges between bins. All records of a bin have the same partners at the same distances, so one edge
/// stands for every pair of the two bins.
/// </summary>
sealed class CandidateGraph(int measures)
{
    readonly List<Int128> _distances = [];

    public BinList First { get; } = new();

    public BinList Second { get; } = new();

    /// <summary>Bin of the first side, by edge.</summary>
    public IntList EdgeFirst { get; } = new();

    /// <summary>Bin of the second side, by edge.</summary>
    public IntList EdgeSecond { get; } = new();

    public List<GraphBlock> Blocks { get; } = [];

    public int EdgeCount => EdgeFirst.Count;

    /// <summary>Entries of a distance.</summary>
    public int Measures => measures;

    public void Clear()
    {
        First.Clear();
        Second.Clear();
        EdgeFirst.Cut(0);
        EdgeSecond.Cut(0);
        Blocks.Clear();
        _distances.Clear();
    }

    public void AddEdge(int firstBin, int secondBin, ReadOnlySpan<Int128> distance)
    {
        EdgeFirst.Add(firstBin);
        EdgeSecond.Add(secondBin);
        _distances.AddRange(distance[..measures]);
    }

    /// <summary>One entry of the distance of an edge, at least 0.</summary>
    public Int128 Distance(int edge, int measure) => _distances[(edge * measures) + measure];

    /// <summary>Order of two edges by their distances alone, measure by measure.</summary>
    public int CompareDistance(int edge, int otherEdge)
    {
        for (var i = 0; i < measures; i++)
        {
            var order = _distances[(edge * measures) + i].CompareTo(_distances[(otherEdge * measures) + i]);
            if (order != 0)
            {
                return order;
            }
        }

        return 0;
    }

    /// <summary>Pairs of records that the edges stand for.</summary>
    public long PairCount()
    {
        long count = 0;
        for (var edge = 0; edge < EdgeCount; edge++)
        {
            count += (long)First.Size(EdgeFirst[edge]) * Second.Size(EdgeSecond[edge]);
        }

        return count;
    }

    /// <summary>Keeps the edges that hold, block by block.</summary>
    public void Keep(ReadOnlySpan<bool> holds)
    {
        var (kept, edge) = (0, 0);
        for (var i = 0; i < Blocks.Count; i++)
        {
            for (; edge < Blocks[i].EdgeEnd; edge++)
            {
                if (holds[edge])
                {
                    Move(edge, kept++);
                }
            }

            Blocks[i] = Blocks[i] with { EdgeEnd = kept };
        }

        EdgeFirst.Cut(kept);
        EdgeSecond.Cut(kept);
        _distances.RemoveRange(kept * measures, _distances.Count - (kept * measures));
    }

    void Move(int from, int to)
    {
        (EdgeFirst[to], EdgeSecond[to]) = (EdgeFirst[from], EdgeSecond[from]);
        for (var i = 0; i < measures; i++)
        {
            _distances[(to * measures) + i] = _distances[(from * measures) + i];
        }
    }
}

/// <summary>Where a block's edges end; they begin where those of the block before end.</summary>
readonly record struct GraphBlock(int EdgeEnd);

/// <summary>Bins of one side: rows by bin, each ascending.</summary>
sealed class BinList
{
    readonly IntList _rows = new();
    readonly IntList _ends = new();

    public int Count => _ends.Count;

    public void Clear()
    {
        _rows.Cut(0);
        _ends.Cut(0);
    }

    public void AddRow(int row) => _rows.Add(row);

    public void EndBin() => _ends.Add(_rows.Count);

    public void AddBin(ReadOnlySpan<int> rows)
    {
        _rows.AddRange(rows);
        EndBin();
    }

    public ReadOnlySpan<int> Rows(int bin)
    {
        var start = bin == 0 ? 0 : _ends[bin - 1];
        return _rows.Span[start.._ends[bin]];
    }

    public int Size(int bin) => _ends[bin] - (bin == 0 ? 0 : _ends[bin - 1]);

    /// <summary>The row with the smallest id.</summary>
    public int Head(int bin) => _rows[bin == 0 ? 0 : _ends[bin - 1]];
}
