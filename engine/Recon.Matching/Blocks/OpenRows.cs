// Which rows of a leg a pass may still take.
using Recon.Model;

namespace Recon.Matching.Blocks;

/// <summary>Rows of a leg by side: true where they are out of reach (settled before, matched, or held).</summary>
sealed class OpenRows(bool[][] closed)
{
    public bool[] Closed(int side) => closed[side];

    public bool IsOpen(int side, int row) => !closed[side][row];

    /// <summary>How many rows of a side are open.</summary>
    public int Count(int side) => closed[side].AsSpan().Count(false);

    public void Close(int side, int row) => closed[side][row] = true;

    public void Open(int side, int row) => closed[side][row] = false;

    public OpenRows Copy() => new([.. closed.Select(rows => (bool[])rows.Clone())]);

    /// <summary>Further rows of a side, all open.</summary>
    public void Extend(int side, int count) => Array.Resize(ref closed[side], count);

    /// <summary>Nothing open: rows are opened one by one.</summary>
    public static OpenRows None(RecordTable[] tables)
    {
        var rows = new OpenRows([.. tables.Select(table => new bool[table.Count])]);
        foreach (var side in rows.All)
        {
            Array.Fill(side, true);
        }

        return rows;
    }

    /// <param name="settled">By side: row → true where it takes no part; null where all rows do.</param>
    public static OpenRows Of(RecordTable[] tables, bool[]?[] settled) =>
        new([.. tables.Select((table, side) => (bool[]?)settled[side]?.Clone() ?? new bool[table.Count])]);

    bool[][] All => closed;
}
