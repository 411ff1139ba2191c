// Which rows of a leg a pass may still take.
namespace Recon.Matching.Blocks;

/// <summary>Rows of both sides of a leg: true where they are out of reach (settled before, matched, or held).</summary>
sealed class OpenRows(bool[] first, bool[] second)
{
    public bool[] Closed(int side) => side == 0 ? first : second;

    public bool IsOpen(int side, int row) => !Closed(side)[row];

    public void Close(int side, int row) => Closed(side)[row] = true;

    /// <summary>Nothing open: rows are opened one by one.</summary>
    public static OpenRows None(int firstCount, int secondCount)
    {
        var rows = new OpenRows(new bool[firstCount], new bool[secondCount]);
        Array.Fill(rows.Closed(0), true);
        Array.Fill(rows.Closed(1), true);
        return rows;
    }

    public void Open(int side, int row) => Closed(side)[row] = false;

    public static OpenRows Of(
        bool[]? firstSettled, bool[]? secondSettled, int firstCount, int secondCount) => new(
        (bool[]?)firstSettled?.Clone() ?? new bool[firstCount],
        (bool[]?)secondSettled?.Clone() ?? new bool[secondCount]);
}
