// Money and plain numbers as scaled integers: one scale a column, so that equal values have equal units.
namespace Recon.Model.Columns;

/// <summary>Scaled integers: in Int64 where every value fits, else in Int128.</summary>
public abstract class ScaledColumn : Column
{
    readonly Extent<long> _narrow;
    readonly Int128[]? _wide;

    private protected ScaledColumn(int count, int scale, Extent<long> narrow, Int128[]? wide, ulong[]? nulls)
        : base(count, nulls)
    {
        Scale = scale;
        _narrow = narrow;
        _wide = wide;
    }

    /// <summary>A column over values that are there already; it keeps them; they may be longer than <paramref name="count"/>.</summary>
    /// <param name="units">By row, in units of 10^−<paramref name="scale"/>; 0 for NULL.</param>
    /// <param name="nulls">One bit a row, set for NULL; null where there is none.</param>
    /// <param name="currencies">In order of first appearance; empty for plain numbers.</param>
    /// <param name="currencyOf">Row → index into <paramref name="currencies"/>; null where there is one or none.</param>
    public static ScaledColumn Of(
        FieldKind kind, int scale, Extent<long> units, int count, ulong[]? nulls, Currency[] currencies, Extent<ushort>? currencyOf) =>
        kind == FieldKind.Number
            ? new NumberColumn(count, scale, units, null, nulls)
            : new MoneyColumn(count, scale, units, null, nulls, currencies, currencyOf);

    /// <summary>Digits behind the point of every value: the largest number of decimals in the data.</summary>
    public int Scale { get; }

    /// <summary>True where <see cref="NarrowUnits"/> may be called.</summary>
    public bool IsNarrow => _wide is null;

    /// <summary>The units of all rows (0 for NULL), where each fits an Int64.</summary>
    public ReadOnlySpan<long> NarrowUnits => IsNarrow ? _narrow.Span[..Count] : default;

    /// <summary>The value of a row in units of 10^−<see cref="Scale"/>; 0 for NULL.</summary>
    public Int128 Units(int row) => _wide is null ? _narrow[row] : _wide[row];

    public ExactNumber Number(int row) => ExactNumber.InRange(Units(row), Scale);

    private protected (Extent<long> Narrow, Int128[]? Wide) GatherUnits(ReadOnlySpan<int> rows)
    {
        if (_wide is null)
        {
            var narrow = new long[rows.Length];
            var own = NarrowUnits;
            for (var i = 0; i < rows.Length; i++)
            {
                narrow[i] = own[rows[i]];
            }

            return (Extent.Of(narrow), null);
        }

        var wide = new Int128[rows.Length];
        for (var i = 0; i < rows.Length; i++)
        {
            wide[i] = _wide[rows[i]];
        }

        return (default, wide);
    }
}

/// <summary>Exact numbers without a unit.</summary>
public sealed class NumberColumn : ScaledColumn
{
    internal NumberColumn(int count, int scale, Extent<long> narrow, Int128[]? wide, ulong[]? nulls)
        : base(count, scale, narrow, wide, nulls)
    {
    }

    public override FieldKind Kind => FieldKind.Number;

    public override string? Display(int row) => IsNull(row) ? null : Number(row).ToString();

    public override bool ValueEquals(int row, Column other, int otherRow) =>
        IsNull(row) == other.IsNull(otherRow) && Number(row) == ((NumberColumn)other).Number(otherRow);

    public override NumberColumn Gather(ReadOnlySpan<int> rows)
    {
        var (narrow, wide) = GatherUnits(rows);
        return new NumberColumn(rows.Length, Scale, narrow, wide, GatherNulls(rows));
    }
}

/// <summary>Amounts, each with its currency by code number.</summary>
public sealed class MoneyColumn : ScaledColumn
{
    readonly Extent<ushort>? _currencyOf;
    readonly Currency[] _currencies;

    internal MoneyColumn(
        int count, int scale, Extent<long> narrow, Int128[]? wide, ulong[]? nulls, Currency[] currencies, Extent<ushort>? currencyOf)
        : base(count, scale, narrow, wide, nulls)
    {
        _currencies = currencies;
        _currencyOf = currencyOf;
    }

    public override FieldKind Kind => FieldKind.Money;

    /// <summary>The currencies in this column, in order of first appearance; <see cref="CurrencyIndex"/> points here.</summary>
    public IReadOnlyList<Currency> Currencies => _currencies;

    /// <summary>Index into <see cref="Currencies"/>; meaningless for NULL.</summary>
    public int CurrencyIndex(int row) => _currencyOf is { } indexes ? indexes[row] : 0;

    public Currency CurrencyOf(int row) => _currencies.Length == 0 ? default : _currencies[CurrencyIndex(row)];

    /// <summary>The amount of a row that is not NULL.</summary>
    public Money Money(int row) => new(Number(row), CurrencyOf(row));

    public override string? Display(int row) => IsNull(row) ? null : Money(row).ToString();

    public override bool ValueEquals(int row, Column other, int otherRow) => (IsNull(row), other.IsNull(otherRow)) switch
    {
        (true, true) => true,
        (false, false) => Money(row) == ((MoneyColumn)other).Money(otherRow),
        _ => false,
    };

    public override MoneyColumn Gather(ReadOnlySpan<int> rows)
    {
        var (narrow, wide) = GatherUnits(rows);
        ushort[]? currencyOf = null;
        if (_currencyOf is { } indexes)
        {
            currencyOf = new ushort[rows.Length];
            for (var i = 0; i < rows.Length; i++)
            {
                currencyOf[i] = indexes[rows[i]];
            }
        }

        return new MoneyColumn(
            rows.Length, Scale, narrow, wide, GatherNulls(rows), [.. Currencies], currencyOf is null ? null : Extent.Of(currencyOf));
    }
}

/// <summary>Builds a money or number column; the scale is settled by the largest one seen.</summary>
public sealed class AmountColumnBuilder(FieldKind kind) : ColumnBuilder
{
    readonly Dictionary<Currency, ushort> _currencies = [];
    readonly List<Currency> _currencyList = [];
    long[] _units = new long[1024];
    byte[] _scales = new byte[1024];
    ushort[] _currencyOf = new ushort[1024];
    Dictionary<int, Int128>? _wide;
    int _scale;

    /// <summary>Appends a number; on a money column use <see cref="Append(ExactNumber, Currency)"/>.</summary>
    public void Append(ExactNumber number) => Append(number, default);

    public void Append(ExactNumber number, Currency currency)
    {
        Reserve();
        _scales[Count] = (byte)number.Scale;
        _scale = Math.Max(_scale, number.Scale);
        if (number.Units >= long.MinValue && number.Units <= long.MaxValue)
        {
            _units[Count] = (long)number.Units;
        }
        else
        {
            (_wide ??= [])[Count] = number.Units;
        }

        _currencyOf[Count] = IndexOf(currency);
        Added(isNull: false);
    }

    public override void AppendNull()
    {
        Reserve();
        Added(isNull: true);
    }

    /// <exception cref="OverflowException">A value leaves ±10^37 at the common scale; callers bound scales before.</exception>
    public override Column Build()
    {
        var narrow = _wide is null ? TryNarrow() : null;
        var wide = narrow is null ? Widen() : null;
        var units = Extent.Of(narrow ?? []);
        return kind == FieldKind.Number
            ? new NumberColumn(Count, _scale, units, wide, Nulls)
            : new MoneyColumn(
                Count, _scale, units, wide, Nulls, [.. _currencyList], _currencyList.Count > 1 ? Extent.Of(_currencyOf[..Count]) : null);
    }

    long[]? TryNarrow()
    {
        var narrow = new long[Count];
        for (var i = 0; i < Count; i++)
        {
            var lift = _scale - _scales[i];
            var value = lift == 0 || _units[i] == 0 ? _units[i] : _units[i] * ExactNumber.PowerOfTen(lift);
            if (value > long.MaxValue || value < long.MinValue)
            {
                return null;
            }

            narrow[i] = (long)value;
        }

        return narrow;
    }

    Int128[] Widen()
    {
        var wide = new Int128[Count];
        for (var i = 0; i < Count; i++)
        {
            var units = _wide is not null && _wide.TryGetValue(i, out var large) ? large : _units[i];
            wide[i] = new ExactNumber(units, _scales[i]).Rescaled(_scale).Units;
        }

        return wide;
    }

    ushort IndexOf(Currency currency)
    {
        if (!_currencies.TryGetValue(currency, out var index))
        {
            index = checked((ushort)_currencyList.Count);
            _currencies.Add(currency, index);
            _currencyList.Add(currency);
        }

        return index;
    }

    void Reserve()
    {
        if (Count == _units.Length)
        {
            Array.Resize(ref _units, Count * 2);
            Array.Resize(ref _scales, Count * 2);
            Array.Resize(ref _currencyOf, Count * 2);
        }
    }
}
