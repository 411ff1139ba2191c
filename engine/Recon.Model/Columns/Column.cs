// One field of all records of a source, side by side.
namespace Recon.Model.Columns;

/// <summary>What kind of value a field holds.</summary>
public enum FieldKind
{
    Text,
    Money,
    Number,
    Date,
    Instant,
}

/// <summary>Values of one kind by row index (from 0), each of which may be NULL. Immutable once built.</summary>
public abstract class Column
{
    readonly ulong[]? _nulls;

    private protected Column(int count, ulong[]? nulls)
    {
        Count = count;
        _nulls = nulls;
    }

    public abstract FieldKind Kind { get; }

    public int Count { get; }

    public bool HasNulls => _nulls is not null;

    public bool IsNull(int row) => _nulls is not null && (_nulls[row >> 6] >> (row & 63) & 1) != 0;

    /// <summary>A column of the rows named, in that order. Rows may repeat.</summary>
    public abstract Column Gather(ReadOnlySpan<int> rows);

    /// <summary>
    /// The value as text in its canonical form: text as it is, <c>10.02 EUR</c>, <c>1.5</c>, <c>2026-02-27</c>,
    /// <c>2026-02-27T10:00:05Z</c>; null for NULL.
    /// </summary>
    public abstract string? Display(int row);

    /// <summary>True where both rows are NULL or hold equal values; the other column must be of the same kind.</summary>
    public abstract bool ValueEquals(int row, Column other, int otherRow);

    /// <summary>One bit a row, set for NULL; null where there is none.</summary>
    private protected ulong[]? NullBits => _nulls;

    private protected ulong[]? GatherNulls(ReadOnlySpan<int> rows)
    {
        if (_nulls is null)
        {
            return null;
        }

        ulong[]? nulls = null;
        for (var i = 0; i < rows.Length; i++)
        {
            if (IsNull(rows[i]))
            {
                nulls ??= new ulong[(rows.Length + 63) >> 6];
                nulls[i >> 6] |= 1UL << (i & 63);
            }
        }

        return nulls;
    }
}

/// <summary>Collects the NULL flags of a column that grows row by row.</summary>
public abstract class ColumnBuilder
{
    ulong[]? _nulls;

    public int Count { get; private set; }

    public abstract void AppendNull();

    public abstract Column Build();

    private protected ulong[]? Nulls => _nulls;

    private protected void Added(bool isNull)
    {
        if (isNull)
        {
            var word = Count >> 6;
            if (_nulls is null || word >= _nulls.Length)
            {
                Array.Resize(ref _nulls, Math.Max(word + 1, (_nulls?.Length ?? 8) * 2));
            }

            _nulls[word] |= 1UL << (Count & 63);
        }
        else if (_nulls is not null && (Count >> 6) >= _nulls.Length)
        {
            Array.Resize(ref _nulls, _nulls.Length * 2);
        }

        Count++;
    }
}
