// Rows of one cell whose few texts are held once.
namespace Recon.Model.Columns;

/// <summary>A row is the number of its text, two bytes.</summary>
/// <param name="codes">Row → text.</param>
/// <param name="texts">The texts, each once.</param>
/// <param name="prints">Text → print, under <paramref name="seed"/>.</param>
sealed class CodedBlock(Extent<ushort> codes, RowBlock texts, UInt128[] prints, long seed) : RowBlock(codes.Count)
{
    // A block of more texts is better held otherwise.
    const int MostTexts = 1 << 11;

    // A column in which so many of the first rows have a text of their own is not looked at any further.
    const int RowsOfSample = 512;
    const int MostOfSample = 448;

    public override ReadOnlySpan<byte> Cell(int row, int cell) => texts.Cell(codes[row], 0);

    internal override UInt128 Print(int row, int cell, long asked)
    {
        Require.That(asked == seed);
        return prints[codes[row]];
    }

    /// <summary>One cell of rows as they were read; null where they have too many texts.</summary>
    /// <param name="slab">Where the codes are.</param>
    public static CodedBlock? TryOf(CellsOfBlock cells, long seed, Slab<ushort> slab)
    {
        var known = new KnownTexts(MostTexts, seed);
        var sample = Math.Min(RowsOfSample, cells.Count);
        for (var row = 0; row < sample; row++)
        {
            if (known.CodeOf(cells[row]) < 0 || known.Count > MostOfSample)
            {
                return null;
            }
        }

        var codes = slab.Take(cells.Count);
        return TryFill(codes.Span, cells, known) ? new CodedBlock(codes, known.Rows(), known.Prints(), seed) : null;
    }

    static bool TryFill(Span<ushort> codes, CellsOfBlock cells, KnownTexts known)
    {
        for (var row = 0; row < codes.Length; row++)
        {
            var code = known.CodeOf(cells[row]);
            if (code < 0)
            {
                return false;
            }

            codes[row] = (ushort)code;
        }

        return true;
    }
}
