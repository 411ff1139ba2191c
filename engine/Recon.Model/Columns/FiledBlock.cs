// Rows that stay where they were read from.
namespace Recon.Model.Columns;

/// <summary>Rows that are hardly ever asked for: each costs four bytes, and a read of the file when it is.</summary>
/// <param name="starts">Row → where it begins, behind <paramref name="place"/>.</param>
/// <param name="keeper">Who reads rows again.</param>
/// <param name="place">Where the bytes of this block begin, as <paramref name="keeper"/> counts.</param>
/// <param name="hasEmpty">Cell → whether one row or more has none of its bytes.</param>
sealed class FiledBlock(Extent<int> starts, RowKeeper keeper, long place, bool[] hasEmpty) : RowBlock(starts.Count)
{
    public override ReadOnlySpan<byte> Cell(int row, int cell) => keeper.Row(place + starts[row]).Cell(0, cell);

    internal override bool MayBeEmpty(int cell) => hasEmpty[cell];
}

/// <summary>Filed rows of whose one cell the prints are at hand.</summary>
/// <param name="prints">By row, under <paramref name="seed"/>.</param>
sealed class PrintedBlock(RowBlock filed, int cell, Extent<UInt128> prints, long seed) : RowBlock(filed.Count)
{
    internal override long? PrintSeed => seed;

    /// <summary>One cell of rows as they were read.</summary>
    /// <param name="filed">The same rows without their bytes.</param>
    /// <param name="slabs">Where the prints are.</param>
    public static PrintedBlock Of(RowBlock read, RowBlock filed, int cell, TextSlabs slabs, long seed)
    {
        var extent = slabs.Prints.Take(read.Count);
        var prints = extent.Span;
        for (var row = 0; row < prints.Length; row++)
        {
            prints[row] = TextPrint.Of(read.Cell(row, cell), seed);
        }

        return new PrintedBlock(filed, cell, extent, seed);
    }

    public override ReadOnlySpan<byte> Cell(int row, int only) => filed.Cell(row, cell);

    internal override bool MayBeEmpty(int only) => filed.MayBeEmpty(cell);

    internal override UInt128 Print(int row, int only, long asked)
    {
        Require.That(asked == seed);
        return prints[row];
    }
}
