// Works through partitions of a dedupe pass: which records of a key stay, which say the same again.
using Recon.Matching.Blocks;
using Recon.Matching.Choosing;

namespace Recon.Matching.Deduping;

/// <summary>One thread's share of a dedupe pass; findings gather in <see cref="Found"/>.</summary>
/// <param name="stays">Row → true where the record stays whatever it meets.</param>
/// <param name="order">Of the records that do not: the first stays.</param>
sealed class DuplicateFinder(PassPlan plan, PartitionRows rows, bool[] stays, FieldOrder order) : IComparer<int>
{
    readonly BlockTable _blocks = new(rows, rows);
    readonly KeptRecords _kept = new(plan, rows);
    readonly List<(int Row, int Kept)> _found = [];

    /// <summary>What it works on.</summary>
    public PartitionRows Rows => rows;

    /// <summary>Duplicates and the records that they repeat, in no particular order.</summary>
    public IReadOnlyList<(int Row, int Kept)> Found => _found;

    /// <summary>Records that share their key with another.</summary>
    public long Candidates { get; private set; }

    /// <summary>Works through the partition that its rows hold.</summary>
    public void Run()
    {
        _blocks.Build();
        for (var block = 0; block < _blocks.Count; block++)
        {
            var positions = _blocks.Positions(0, block);
            if (positions.Length > 1)
            {
                Candidates += positions.Length;
                Choose(positions.ToArray());
            }
        }
    }

    /// <summary>Order of two positions: what stays anyway by id, then the others as the pass says.</summary>
    public int Compare(int x, int y)
    {
        var (row, otherRow) = (rows.Rows[x], rows.Rows[y]);
        return stays[row] != stays[otherRow] ? stays[otherRow].CompareTo(stays[row])
            : stays[row] ? row.CompareTo(otherRow)
            : order.Compare(row, otherRow);
    }

    void Choose(int[] positions)
    {
        Array.Sort(positions, this);
        _kept.Clear();
        foreach (var position in positions)
        {
            var kept = stays[rows.Rows[position]] ? -1 : _kept.FirstThatFits(position);
            if (kept >= 0)
            {
                _found.Add((rows.Rows[position], rows.Rows[kept]));
            }
            else
            {
                _kept.Add(position);
            }
        }
    }
}
