// Text values as UTF-8 bytes, end to end.
using System.Text;

namespace Recon.Model.Columns;

/// <summary>Text by row, as UTF-8 in one run of blocks; a row costs its bytes and five more.</summary>
public sealed class TextColumn : Column
{
    readonly byte[][] _blocks;
    readonly int[] _starts;
    readonly byte[] _blockOf;
    readonly int[] _lengths;

    internal TextColumn(int count, byte[][] blocks, byte[] blockOf, int[] starts, int[] lengths, ulong[]? nulls)
        : base(count, nulls)
    {
        _blocks = blocks;
        _blockOf = blockOf;
        _starts = starts;
        _lengths = lengths;
    }

    public override FieldKind Kind => FieldKind.Text;

    /// <summary>The bytes of a row; empty for NULL and for an empty text (ask <see cref="Column.IsNull"/>).</summary>
    public ReadOnlySpan<byte> Utf8(int row) => _blocks[_blockOf[row]].AsSpan(_starts[row], _lengths[row]);

    /// <summary>The text of a row, newly made; null for NULL.</summary>
    public string? Text(int row) => IsNull(row) ? null : Encoding.UTF8.GetString(Utf8(row));

    public override string? Display(int row) => Text(row);

    public override bool ValueEquals(int row, Column other, int otherRow) =>
        IsNull(row) == other.IsNull(otherRow) && Utf8(row).SequenceEqual(((TextColumn)other).Utf8(otherRow));

    public override TextColumn Gather(ReadOnlySpan<int> rows)
    {
        var blockOf = new byte[rows.Length];
        var starts = new int[rows.Length];
        var lengths = new int[rows.Length];
        for (var i = 0; i < rows.Length; i++)
        {
            (blockOf[i], starts[i], lengths[i]) = (_blockOf[rows[i]], _starts[rows[i]], _lengths[rows[i]]);
        }

        return new TextColumn(rows.Length, _blocks, blockOf, starts, lengths, GatherNulls(rows));
    }

    public static TextColumn Of(IEnumerable<string?> values)
    {
        var builder = new TextColumnBuilder();
        foreach (var value in values)
        {
            builder.Append(value);
        }

        return builder.Build();
    }
}

/// <summary>Builds a <see cref="TextColumn"/> row by row.</summary>
public sealed class TextColumnBuilder : ColumnBuilder
{
    // 64 MiB blocks, at most 256 of them: 16 GiB of text in one column.
    const int BlockBytes = 1 << 26;

    readonly List<byte[]> _blocks = [];
    byte[] _block = [];
    int _used;
    byte[] _blockOf = new byte[1024];
    int[] _starts = new int[1024];
    int[] _lengths = new int[1024];

    public void Append(ReadOnlySpan<byte> utf8)
    {
        var target = Reserve(utf8.Length);
        utf8.CopyTo(target);
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

        var bytes = Encoding.UTF8.GetByteCount(text);
        Encoding.UTF8.GetBytes(text, Reserve(bytes));
        Commit(bytes, isNull: false);
    }

    public override void AppendNull()
    {
        Reserve(0);
        Commit(0, isNull: true);
    }

    public override TextColumn Build() => new(
        Count, _blocks.Count == 0 ? [[]] : [.. _blocks], _blockOf, _starts, _lengths, Nulls);

    Span<byte> Reserve(int bytes)
    {
        if (_used + bytes > _block.Length)
        {
            Grow(bytes);
        }

        if (Count == _starts.Length)
        {
            Array.Resize(ref _blockOf, Count * 2);
            Array.Resize(ref _starts, Count * 2);
            Array.Resize(ref _lengths, Count * 2);
        }

        return _block.AsSpan(_used, bytes);
    }

    void Grow(int bytes)
    {
        var wanted = Math.Max(Math.Min(Math.Max(_block.Length * 2, 4096), BlockBytes), bytes);
        if (_blocks.Count > 0 && _block.Length < BlockBytes && _used + bytes <= BlockBytes)
        {
            wanted = Math.Max(wanted, _used + bytes);
            Array.Resize(ref _block, wanted);
            _blocks[^1] = _block;
            return;
        }

        _block = new byte[wanted];
        _blocks.Add(_block);
        _used = 0;
        Require.That(_blocks.Count <= 256);
    }

    void Commit(int bytes, bool isNull)
    {
        _blockOf[Count] = (byte)Math.Max(_blocks.Count - 1, 0);
        _starts[Count] = _used;
        _lengths[Count] = bytes;
        _used += bytes;
        Added(isNull);
    }
}
