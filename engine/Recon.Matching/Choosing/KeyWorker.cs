// Works through partitions of a group pass key by key; how a key is decided is the pass's.
using Recon.Matching.Blocks;
using Recon.Model;

namespace Recon.Matching.Choosing;

/// <summary>One thread's share of a group pass; findings gather in <see cref="Findings"/>.</summary>
abstract class KeyWorker(PartitionRows[] rows)
{
    readonly BlockTable _blocks = new(rows[0], rows[1]);

    public PassFindings Findings { get; } = new();

    /// <summary>Works through the partition that its rows hold.</summary>
    public void Run()
    {
        _blocks.Build();
        for (var block = 0; block < _blocks.Count; block++)
        {
            var first = _blocks.Positions(0, block);
            var second = _blocks.Positions(1, block);
            if (first.Length > 0 && second.Length > 0 && Choose(first, second) is { } cause)
            {
                Findings.Capped.Add(new CappedRows([RowsAt(0, first), RowsAt(1, second)], cause));
            }
        }
    }

    /// <summary>Decides one key; what it finds counts only where it gives null.</summary>
    /// <param name="first">Positions of the first side, ascending; so are those of the second.</param>
    /// <returns>Why nothing is decided about the key; null where it was decided.</returns>
    protected abstract CapCause? Choose(ReadOnlySpan<int> first, ReadOnlySpan<int> second);

    int[] RowsAt(int side, ReadOnlySpan<int> positions)
    {
        var found = new int[positions.Length];
        for (var i = 0; i < found.Length; i++)
        {
            found[i] = rows[side].Rows[positions[i]];
        }

        Array.Sort(found);
        return found;
    }
}
