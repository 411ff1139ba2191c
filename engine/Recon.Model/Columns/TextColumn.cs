// Text values as UTF-8 bytes.
using System.Text;

namespace Recon.Model.Columns;

/// <summary>Text by row: one cell of each of some <see cref="TextRows"/>, in their order or another.</summary>
public sealed class TextColumn : Column
{
    readonly TextRows _rows;
    readonly int[] _cellOf;
    readonly int[]? _order;

    // The only block of a column in the order of its rows.
    readonly RowBlock? _only;

    TextColumn(TextRows rows, int[] cellOf, int[]? order, ulong[]? nulls)
        : base(order?.Length ?? rows.Count, nulls)
    {
        _rows = rows;
        _cellOf = cellOf;
        _order = order;
        _only = order is null && cellOf is [>= 0] ? rows.Blocks[0] : null;
    }

    public override FieldKind Kind => FieldKind.Text;

    /// <summary>A column over rows that are there already.</summary>
    /// <param name="cellOf">Block of <paramref name="rows"/> → cell of its rows; below 0 where they have none: NULL.</param>
    public static TextColumn Of(TextRows rows, int[] cellOf)
    {
        Require.That(cellOf.Length == rows.Blocks.Count);
        return new TextColumn(rows, cellOf, null, NullsOfAbsent(rows, cellOf));
    }

    /// <summary>A column of rows of one cell.</summary>
    /// <param name="nulls">One bit a row, set for NULL; null where there is none.</param>
    internal static TextColumn OfSingles(TextRows rows, ulong[]? nulls) =>
        new(rows, new int[rows.Blocks.Count], null, nulls);

    /// <summary>The rows of columns one behind the other; empty texts are NULL.</summary>
    /// <param name="parts">Columns in no other order than that of their rows; null: so many NULLs.</param>
    public static TextColumn Joined(IReadOnlyList<(TextColumn? Column, int Count)> parts)
    {
        if (parts is [({ } only, _)])
        {
            return only.EmptyAsNull();
        }

        var blocks = new List<RowBlock>();
        var cellOf = new List<int>();
        foreach (var (column, count) in parts)
        {
            var rows = column is null ? new TextRows([Nulls(count)]) : column._rows;
            Require.That(column?._order is null && rows.Count == count);
            blocks.AddRange(rows.Blocks);
            cellOf.AddRange(column is null ? [-1] : column._cellOf);
        }

        return new TextColumn(new TextRows(blocks), [.. cellOf], null, null).EmptyAsNull();
    }

    /// <summary>Columns in the order of their rows, one behind the other; NULL stays NULL.</summary>
    public static TextColumn Appended(IReadOnlyList<TextColumn> parts)
    {
        if (parts is [var only])
        {
            return only;
        }

        Require.That(parts.All(part => part._order is null));
        var rows = new TextRows([.. parts.SelectMany(part => part._rows.Blocks)]);
        ulong[]? nulls = null;
        for (int i = 0, start = 0; i < parts.Count; start += parts[i++].Count)
        {
            for (var row = 0; parts[i].HasNulls && row < parts[i].Count; row++)
            {
                if (parts[i].IsNull(row))
                {
                    Mark(ref nulls, start + row, rows.Count);
                }
            }
        }

        return new TextColumn(rows, [.. parts.SelectMany(part => part._cellOf)], null, nulls);
    }

    /// <summary>Bytes of the longest text of [from, to).</summary>
    public int Longest(int from, int to)
    {
        var longest = 0;
        for (var row = from; row < to; row++)
        {
            longest = Math.Max(longest, Utf8(row).Length);
        }

        return longest;
    }

    /// <summary>The texts of one block as it was read, where rules that read them find them soon.</summary>
    public TextColumn Kept(TextSlabs slabs, long seed)
    {
        Require.That(_only is ReadBlock);
        RowBlock? near = TryCells(out var cells)
            ? CodedBlock.TryOf(cells, seed, slabs.Codes) ?? (RowBlock?)SlotBlock.TryOf(cells, slabs.Slots)
            : null;
        return near is not null ? new TextColumn(new TextRows([near]), [0], null, NullBits) : Copied();
    }

    /// <summary>The texts of one block as it was read, where rules only ask whether they are equal.</summary>
    /// <param name="filed">The same rows without their bytes.</param>
    public TextColumn Printed(RowBlock filed, TextSlabs slabs, long seed)
    {
        Require.That(_only is ReadBlock && filed.Count == Count);
        var near = TryCells(out var cells) ? CodedBlock.TryOf(cells, seed, slabs.Codes) : null;
        return new TextColumn(new TextRows([near ?? (RowBlock)PrintedBlock.Of(_only!, filed, _cellOf[0], slabs, seed)]), [0], null, NullBits);
    }

    /// <summary>The texts of one block as it was read, over the same rows elsewhere.</summary>
    /// <param name="rows">The rows of this column's only block, without their bytes.</param>
    public TextColumn Over(RowBlock rows)
    {
        Require.That(_only is ReadBlock && rows.Count == Count);
        return new TextColumn(new TextRows([rows]), _cellOf, null, NullBits);
    }

    /// <summary>The only cells of a column over one block as it was read; false for others, and where a row is longer than 64 KiB.</summary>
    public bool TryCells(out CellsOfBlock cells)
    {
        cells = default;
        return _only is ReadBlock rows && rows.TryCells(_cellOf[0], out cells);
    }

    /// <summary>Writes the prints of some rows, two words each, the lower one first; of NULL that of an empty text.</summary>
    /// <param name="words">Where those of the first row begin; those of the next begin <paramref name="stride"/> words later.</param>
    public void WritePrints(ReadOnlySpan<int> rows, long seed, Span<ulong> words, int stride)
    {
        RowBlock? block = null;
        int start = 0, cell = 0;
        for (var i = 0; i < rows.Length; i++)
        {
            var row = _order is null ? rows[i] : _order[rows[i]];
            if (block is null || row < start || row >= start + block.Count)
            {
                var number = _rows.BlockOf(row);
                (block, start, cell) = (_rows.Blocks[number], _rows.Start(number), _cellOf[number]);
            }

            var print = cell < 0 ? TextPrint.Of(default, seed) : block.Print(row - start, cell, seed);
            (words[i * stride], words[(i * stride) + 1]) = unchecked(((ulong)print, (ulong)(print >> 64)));
        }
    }

    /// <summary>The print of a row; of NULL that of an empty text.</summary>
    public UInt128 Print(int row, long seed)
    {
        Span<ulong> words = stackalloc ulong[2];
        WritePrints([row], seed, words, 2);
        return new UInt128(words[1], words[0]);
    }

    /// <summary>True where all texts stand in slots and in their order.</summary>
    public bool IsSideBySide => _order is null && _rows.Blocks.All(block => block is SlotBlock);

    /// <summary>The bytes of a row; empty for NULL and for an empty text (ask <see cref="Column.IsNull"/>).</summary>
    public ReadOnlySpan<byte> Utf8(int row) => _only is not null ? _only.Cell(row, _cellOf[0]) : _rows.Cell(_order is null ? row : _order[row], _cellOf);

    /// <summary>The text of a row, newly made; null for NULL.</summary>
    public string? Text(int row) => IsNull(row) ? null : Encoding.UTF8.GetString(Utf8(row));

    public override string? Display(int row) => Text(row);

    public override bool ValueEquals(int row, Column other, int otherRow) =>
        IsNull(row) == other.IsNull(otherRow) && TextEquals(row, (TextColumn)other, otherRow);

    public override TextColumn Gather(ReadOnlySpan<int> rows)
    {
        var order = new int[rows.Length];
        for (var i = 0; i < rows.Length; i++)
        {
            order[i] = _order is null ? rows[i] : _order[rows[i]];
        }

        return new TextColumn(_rows, _cellOf, order, GatherNulls(rows));
    }

    /// <summary>As <see cref="Gather"/>; keeps <paramref name="rows"/> where it can, so that several columns share them.</summary>
    public TextColumn InOrder(int[] rows) =>
        _order is null ? new TextColumn(_rows, _cellOf, rows, GatherNulls(rows)) : Gather(rows);

    public static TextColumn Of(IEnumerable<string?> values)
    {
        var builder = new TextColumnBuilder();
        foreach (var value in values)
        {
            builder.Append(value);
        }

        return builder.Build();
    }

    // Texts of which only prints are near are not fetched.
    bool TextEquals(int row, TextColumn other, int otherRow) => (_rows.PrintSeed ?? other._rows.PrintSeed) is { } seed
        ? Print(row, seed) == other.Print(otherRow, seed)
        : Utf8(row).SequenceEqual(other.Utf8(otherRow));

    TextColumn Copied()
    {
        var builder = new TextColumnBuilder();
        for (var row = 0; row < Count; row++)
        {
            if (IsNull(row))
            {
                builder.AppendNull();
            }
            else
            {
                builder.Append(Utf8(row));
            }
        }

        return builder.Build();
    }

    static RowBlock Nulls(int count) => RowBlock.Of([], new int[count], new int[count]);

    static ulong[]? NullsOfAbsent(TextRows rows, int[] cellOf)
    {
        if (!cellOf.AsSpan().ContainsAnyInRange(int.MinValue, -1))
        {
            return null;
        }

        ulong[]? nulls = null;
        for (var block = 0; block < cellOf.Length; block++)
        {
            for (var row = 0; cellOf[block] < 0 && row < rows.Blocks[block].Count; row++)
            {
                Mark(ref nulls, rows.Start(block) + row, rows.Count);
            }
        }

        return nulls;
    }

    // Of a column in the order of its rows.
    TextColumn EmptyAsNull()
    {
        Require.That(_order is null);
        ulong[]? nulls = null;
        for (var block = 0; block < _cellOf.Length; block++)
        {
            var (rows, cell) = (_rows.Blocks[block], _cellOf[block]);
            if (cell >= 0 && !rows.MayBeEmpty(cell))
            {
                continue;
            }

            for (var row = 0; row < rows.Count; row++)
            {
                if (cell < 0 || rows.IsEmpty(row, cell))
                {
                    Mark(ref nulls, _rows.Start(block) + row, Count);
                }
            }
        }

        return new TextColumn(_rows, _cellOf, null, nulls);
    }

    static void Mark(ref ulong[]? nulls, int row, int count)
    {
        nulls ??= new ulong[(count + 63) >> 6];
        nulls[row >> 6] |= 1UL << (row & 63);
    }
}

/// <summary>Builds a <see cref="TextColumn"/> row by row.</summary>
public sealed class TextColumnBuilder : ColumnBuilder
{
    // A block is closed at 1 MiB, or at so many rows where they are short.
    const int BlockBytes = 1 << 20;
    const int BlockRows = 1 << 16;

    readonly List<RowBlock> _blocks = [];
    byte[] _utf8 = [];
    int[] _starts = new int[64];
    int[] _lengths = new int[64];
    int _used;
    int _rows;

    public void Append(ReadOnlySpan<byte> utf8)
    {
        utf8.CopyTo(Reserve(utf8.Length));
        Commit(utf8.Length, isNull: false);
    }

    /// <summary>Appends the text; null appends NULL.</summary>
    public void Append(string? text)
    {
        if (text is null)
        {
            AppendNull();
            return;
        }

        Append(text.AsSpan());
    }

    public void Append(ReadOnlySpan<char> text)
    {
        var bytes = Encoding.UTF8.GetByteCount(text);
        Encoding.UTF8.GetBytes(text, Reserve(bytes));
        Commit(bytes, isNull: false);
    }

    public override void AppendNull()
    {
        Reserve(0);
        Commit(0, isNull: true);
    }

    /// <summary>The column; nothing may be appended afterwards.</summary>
    public override TextColumn Build()
    {
        Close();
        return TextColumn.OfSingles(new TextRows(_blocks), Nulls);
    }

    Span<byte> Reserve(int bytes)
    {
        if (_rows == BlockRows || (_rows > 0 && _used + bytes > BlockBytes))
        {
            Close();
        }

        if (_used + bytes > _utf8.Length)
        {
            Array.Resize(ref _utf8, Math.Max(Math.Min(Math.Max(_utf8.Length * 2, 256), BlockBytes), _used + bytes));
        }

        if (_rows == _starts.Length)
        {
            Array.Resize(ref _starts, _rows * 2);
            Array.Resize(ref _lengths, _rows * 2);
        }

        return _utf8.AsSpan(_used, bytes);
    }

    void Commit(int bytes, bool isNull)
    {
        (_starts[_rows], _lengths[_rows]) = (_used, bytes);
        _used += bytes;
        _rows++;
        Added(isNull);
    }

    void Close()
    {
        if (_rows > 0)
        {
            _blocks.Add(RowBlock.Of(_utf8, _starts.AsSpan(0, _rows), _lengths.AsSpan(0, _rows)));
            (_utf8, _used, _rows) = ([], 0, 0);
        }
    }
}
