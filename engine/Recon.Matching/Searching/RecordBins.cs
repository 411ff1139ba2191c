// The records of one side of a key, those that nothing tells apart folded into one bin.
using System.Runtime.InteropServices;
using Recon.Matching.Blocks;
using Recon.Matching.Choosing;

namespace Recon.Matching.Searching;

/// <summary>
/// Bins in the order of their first records. A search decides how many records of a bin are taken; which, is told by their ids:
/// the first that are left.
/// </summary>
sealed class RecordBins
{
    readonly PartitionRows _rows;
    readonly BinList _bins = new();
    readonly int[] _heads;
    readonly int[] _taken;

    RecordBins(PartitionRows rows, int[] positions, int[] binOf, int count)
    {
        _rows = rows;
        _heads = new int[count];
        _taken = new int[count];
        Array.Fill(_heads, -1);
        var byBin = new List<int>[count];
        for (var i = 0; i < positions.Length; i++)
        {
            if (_heads[binOf[i]] == -1)
            {
                (_heads[binOf[i]], byBin[binOf[i]]) = (positions[i], []);
            }

            byBin[binOf[i]].Add(rows.Rows[positions[i]]);
        }

        foreach (var bin in byBin)
        {
            bin.ForEach(_bins.AddRow);
            _bins.EndBin();
        }
    }

    public int Count => _heads.Length;

    /// <summary>By bin the position that stands for all of it: that of its smallest id.</summary>
    public ReadOnlySpan<int> Heads => _heads;

    /// <summary>All records of a bin, ascending, also those that are taken.</summary>
    public ReadOnlySpan<int> Rows(int bin) => _bins.Rows(bin);

    public int Size(int bin) => _bins.Size(bin);

    /// <summary>How many records of a bin nobody has taken.</summary>
    public int Free(int bin) => Size(bin) - _taken[bin];

    /// <summary>The records that come next.</summary>
    public ReadOnlySpan<int> Next(int bin, int count) => Rows(bin).Slice(_taken[bin], count);

    /// <summary>The records that are left.</summary>
    public ReadOnlySpan<int> Left(int bin) => Rows(bin)[_taken[bin]..];

    /// <summary>Bins of which nothing is left.</summary>
    public int UsedUp { get; private set; }

    public void Take(int bin, int count)
    {
        _taken[bin] += count;
        UsedUp += Free(bin) == 0 ? 1 : 0;
    }

    /// <summary>The value of a total of every record of the bin.</summary>
    public Int128 Total(int bin, int total) => _rows.TotalAt(_heads[bin], total);

    public int Currency(int bin, int total) => _rows.TotalCurrencyAt(_heads[bin], total);

    public Int128 Window(int bin, int window) => _rows.WindowAt(_heads[bin], window);

    public ReadOnlySpan<Int128> Windows(int bin) => _rows.WindowsAt(_heads[bin]);

    /// <summary>Each record a bin of its own.</summary>
    public static RecordBins Single(PartitionRows rows, ReadOnlySpan<int> positions) =>
        new(rows, positions.ToArray(), [.. Enumerable.Range(0, positions.Length)], positions.Length);

    /// <param name="positions">Ascending.</param>
    public static RecordBins Folded(PartitionRows rows, ReadOnlySpan<int> positions, Interchangeable same)
    {
        if (positions.Length == 1)
        {
            return Single(rows, positions);
        }

        var binOf = new int[positions.Length];
        var (heads, next) = (new List<int>(), new List<int>());
        var latest = new Dictionary<ulong, int>();
        for (var i = 0; i < positions.Length; i++)
        {
            var row = rows.Rows[positions[i]];
            ref var first = ref CollectionsMarshal.GetValueRefOrAddDefault(latest, same.HashOf(row), out var isKnown);
            var bin = isKnown ? first : -1;
            while (bin != -1 && !same.Same(heads[bin], row))
            {
                bin = next[bin];
            }

            if (bin == -1)
            {
                bin = heads.Count;
                heads.Add(row);
                next.Add(isKnown ? first : -1);
                first = bin;
            }

            binOf[i] = bin;
        }

        return new RecordBins(rows, positions.ToArray(), binOf, heads.Count);
    }
}
