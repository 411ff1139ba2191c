// The amounts of one field over all raw rows.
using Recon.Model;
using Recon.Model.Columns;
using Recon.Runs.Normalising.Cells;

namespace Recon.Runs.Normalising;

/// <summary>Amounts with the scale as written; narrow where an Int64 holds the units.</summary>
sealed class AmountValues(FieldKind kind, ColumnMemory memory) : FieldValues
{
    const byte NullScale = byte.MaxValue;

    // 10^18 is the last power of ten in an Int64.
    const int MostNarrowScale = 18;

    // Of currencies and of the arrays that few have.
    readonly Lock _gate = new();
    readonly List<Currency> _currencies = [];
    Extent<long> _units;
    Extent<byte> _scales;
    Extent<ushort>? _currencyOf;
    Int128[]? _wide;

    public bool HasWide => _wide is not null;

    public override bool IsNull(int row) => _scales[row] == NullScale;

    public Int128 Units(int row) => _wide is not null && _wide[row] != 0 ? _wide[row] : _units[row];

    public int Scale(int row) => _scales[row];

    public Currency CurrencyOf(int row) => _currencies[CurrencyIndex(row)];

    /// <summary>Index of the currency of a row that is not NULL.</summary>
    public int CurrencyIndex(int row) => _currencyOf is { } indexes ? indexes[row] : 0;

    /// <param name="currency">As <see cref="CurrencyIndex"/> gave it for a row before.</param>
    public void Set(int row, long units, int scale, int currency)
    {
        (_units[row], _scales[row]) = (units, (byte)scale);
        if (currency > 0)
        {
            _currencyOf!.Value[row] = (ushort)currency;
        }
    }

    public void Set(int row, Amount amount)
    {
        _scales[row] = (byte)amount.Number.Scale;
        var units = amount.Number.Units;
        if (units >= long.MinValue && units <= long.MaxValue)
        {
            _units[row] = (long)units;
        }
        else
        {
            Wide()[row] = units;
        }

        var currency = IndexOf(amount.Currency);
        if (currency > 0)
        {
            CurrencyIndexes()[row] = currency;
        }
    }

    public override void Clear(int from, int count)
    {
        _units.Span.Slice(from, count).Clear();
        _scales.Span.Slice(from, count).Fill(NullScale);
    }

    protected override void Resize(int capacity)
    {
        (_units, _scales) = (memory.Grown(_units, capacity), memory.Grown(_scales, capacity));
        if (_currencyOf is { } indexes)
        {
            var grown = memory.Grown(indexes, capacity);
            grown.Span[indexes.Count..].Clear();
            _currencyOf = grown;
        }

        if (_wide is not null)
        {
            Array.Resize(ref _wide, capacity);
        }
    }

    Int128[] Wide()
    {
        lock (_gate)
        {
            return _wide ??= new Int128[Capacity];
        }
    }

    Extent<ushort> CurrencyIndexes()
    {
        lock (_gate)
        {
            if (_currencyOf is not { } indexes)
            {
                indexes = memory.Take<ushort>(Capacity);
                indexes.Span.Clear();
                _currencyOf = indexes;
            }

            return indexes;
        }
    }

    public override Column Build(int[] rows)
    {
        var scale = 0;
        foreach (var row in rows)
        {
            scale = IsNull(row) ? scale : Math.Max(scale, _scales[row]);
        }

        return _wide is null && scale <= MostNarrowScale && TryRescale(rows, scale) is { } units
            ? BuildNarrow(rows, scale, units)
            : BuildWide(rows);
    }

    // The units of these rows at one scale; null where one of them leaves Int64.
    Extent<long>? TryRescale(int[] rows, int scale)
    {
        if (AreAll(rows, Count) && !_scales.Span[..Count].ContainsAnyExcept((byte)scale))
        {
            return _units;
        }

        var lifts = new long[scale + 1];
        for (var i = 0; i <= scale; i++)
        {
            lifts[i] = (long)ExactNumber.PowerOfTen(scale - i);
        }

        var rescaled = memory.Take<long>(rows.Length);
        var units = rescaled.Span;
        var own = _units.Span;
        var scales = _scales.Span;
        for (var i = 0; i < rows.Length; i++)
        {
            var row = rows[i];
            units[i] = 0;
            var high = scales[row] == NullScale ? 0 : Math.BigMul(own[row], lifts[scales[row]], out units[i]);
            if (high != units[i] >> 63)
            {
                return null;
            }
        }

        return rescaled;
    }

    Column BuildNarrow(int[] rows, int scale, Extent<long> units)
    {
        var nulls = NullBits(rows);
        if (_currencyOf is null)
        {
            var isEmpty = nulls is not null && rows.Length == rows.Count(IsNull);
            return ScaledColumn.Of(kind, scale, units, rows.Length, nulls, isEmpty || rows.Length == 0 ? [] : [_currencies[0]], null);
        }

        var (currencies, currencyOf) = InOrderOfAppearance(rows);
        return ScaledColumn.Of(kind, scale, units, rows.Length, nulls, currencies, currencies.Length > 1 ? currencyOf : null);
    }

    (Currency[] Currencies, Extent<ushort> CurrencyOf) InOrderOfAppearance(int[] rows)
    {
        var found = new List<Currency>();
        var numbers = new int[_currencies.Count];
        Array.Fill(numbers, -1);
        var inOrder = memory.Take<ushort>(rows.Length);
        var currencyOf = inOrder.Span;
        var indexes = _currencyOf!.Value.Span;
        var scales = _scales.Span;
        for (var i = 0; i < rows.Length; i++)
        {
            if (scales[rows[i]] == NullScale)
            {
                currencyOf[i] = 0;
                continue;
            }

            ref var number = ref numbers[indexes[rows[i]]];
            if (number < 0)
            {
                number = found.Count;
                found.Add(CurrencyOf(rows[i]));
            }

            currencyOf[i] = (ushort)number;
        }

        return ([.. found], inOrder);
    }

    Column BuildWide(int[] rows)
    {
        var builder = new AmountColumnBuilder(kind);
        foreach (var row in rows)
        {
            if (IsNull(row))
            {
                builder.AppendNull();
            }
            else
            {
                builder.Append(new ExactNumber(Units(row), _scales[row]), CurrencyOf(row));
            }
        }

        return builder.Build();
    }

    public override void Write(int row, CanonicalText text)
    {
        text.AppendNumber(Units(row), _scales[row]);
        if (kind == FieldKind.Money)
        {
            text.Append(" "u8);
            Span<byte> code = stackalloc byte[16];
            var length = System.Text.Encoding.UTF8.GetBytes(CurrencyOf(row).Code, code);
            text.Append(code[..length]);
        }
    }

    ushort IndexOf(Currency currency)
    {
        lock (_gate)
        {
            // A reader of cells makes one string for each code.
            for (var i = 0; i < _currencies.Count; i++)
            {
                if (ReferenceEquals(_currencies[i].Code, currency.Code))
                {
                    return (ushort)i;
                }
            }

            var index = _currencies.IndexOf(currency);
            if (index < 0)
            {
                index = _currencies.Count;
                _currencies.Add(currency);
            }

            return checked((ushort)index);
        }
    }
}
