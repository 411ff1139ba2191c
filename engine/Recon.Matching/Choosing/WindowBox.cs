// The space around the values of a bin in which its partners lie.
using Recon.Matching.Blocks;

namespace Recon.Matching.Choosing;

/// <summary>Where the values of the other side may lie, window by window, both ends inclusive.</summary>
/// <param name="From">The values of the bin that searches.</param>
sealed record WindowBox(Int128[] Low, Int128[] High, Int128[] From)
{
    public static WindowBox Of(int windows) => new(new Int128[windows], new Int128[windows], new Int128[windows]);

    /// <summary>Puts the box around a bin: second − first lies in each window.</summary>
    /// <param name="side">Side of the bin that searches.</param>
    public void Surround(IReadOnlyList<Window> windows, int side, ReadOnlySpan<Int128> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            From[i] = values[i];
            (Low[i], High[i]) = windows[i].Allowance.Around(side, values[i]);
        }
    }
}
