// Blocks of rows under one number.
namespace Recon.Model.Columns;

/// <summary>The rows of several blocks, counted on from block to block. Immutable.</summary>
public sealed class TextRows
{
    // One place to look for every 1,024 rows: mostly their block is known at once.
    const int NearShift = 10;

    readonly RowBlock[] _blocks;
    readonly int[] _starts;
    readonly int[] _near;

    /// <exception cref="OverflowException">More than 2^31 − 1 rows.</exception>
    public TextRows(IReadOnlyList<RowBlock> blocks)
    {
        _blocks = [.. blocks];
        _starts = new int[_blocks.Length + 1];
        for (var block = 0; block < _blocks.Length; block++)
        {
            _starts[block + 1] = _starts[block] + _blocks[block].Count;
        }

        PrintSeed = Array.Find(_blocks, block => block.PrintSeed is not null)?.PrintSeed;
        _near = new int[(Count >> NearShift) + 2];
        for (int i = 0, block = 0; i < _near.Length; i++)
        {
            while (block < _blocks.Length - 1 && (long)_starts[block + 1] <= (long)i << NearShift)
            {
                block++;
            }

            _near[i] = block;
        }
    }

    public int Count => _starts[^1];

    /// <inheritdoc cref="RowBlock.PrintSeed"/>
    internal long? PrintSeed { get; }

    public IReadOnlyList<RowBlock> Blocks => _blocks;

    /// <summary>The first row of a block.</summary>
    public int Start(int block) => _starts[block];

    /// <summary>The bytes of the cell that <paramref name="cellOf"/> names for the block of the row; empty where it names none.</summary>
    /// <param name="cellOf">Block → cell, below 0 for none.</param>
    internal ReadOnlySpan<byte> Cell(int row, int[] cellOf)
    {
        var block = BlockOf(row);
        var cell = cellOf[block];
        return cell < 0 ? default : _blocks[block].Cell(row - _starts[block], cell);
    }

    /// <summary>The block of a row.</summary>
    internal int BlockOf(int row)
    {
        var (low, high) = (_near[row >> NearShift], _near[(row >> NearShift) + 1]);
        while (low < high)
        {
            var middle = (low + high + 1) >> 1;
            (low, high) = row < _starts[middle] ? (low, middle - 1) : (middle, high);
        }

        return low;
    }
}
