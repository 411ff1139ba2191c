// Pairs of rows that grow in number, without ever being copied.
namespace Recon.Matching.Choosing;

/// <summary>Pairs in blocks of memory; a list takes over the blocks of another.</summary>
sealed class PairList
{
    // 128 KiB a block: large enough for the collector to leave it where it is.
    const int BlockPairs = 1 << 14;

    readonly List<(int[] Rows, int Pairs)> _full = [];
    int[] _block = [];
    int _used;

    public int Count { get; private set; }

    public void Add(int first, int second)
    {
        if (_used == _block.Length)
        {
            Close();
            _block = GC.AllocateUninitializedArray<int>(2 * BlockPairs);
        }

        _block[_used] = first;
        _block[_used + 1] = second;
        _used += 2;
        Count++;
    }

    /// <summary>Takes over all pairs of another list, which is used no more.</summary>
    public void Take(PairList other)
    {
        other.Close();
        _full.AddRange(other._full);
        Count += other.Count;
    }

    /// <summary>Writes the second row of each pair to the place of its first row; no row stands in two pairs.</summary>
    public void WritePartners(Span<int> partnerOf)
    {
        Close();
        foreach (var (rows, pairs) in _full)
        {
            for (var i = 0; i < 2 * pairs; i += 2)
            {
                partnerOf[rows[i]] = rows[i + 1];
            }
        }
    }

    /// <summary>All pairs, in no particular order.</summary>
    public IEnumerable<(int First, int Second)> All()
    {
        Close();
        return _full.SelectMany(block => Enumerable.Range(0, block.Pairs).Select(i => (block.Rows[2 * i], block.Rows[(2 * i) + 1])));
    }

    void Close()
    {
        if (_used > 0)
        {
            _full.Add((_block, _used / 2));
            (_block, _used) = ([], 0);
        }
    }
}
