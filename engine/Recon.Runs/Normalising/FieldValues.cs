// The values of one field over all raw rows, typed, before anything is sorted or dropped.
using Recon.Model;
using Recon.Model.Columns;
using Recon.Runs.Normalising.Cells;

namespace Recon.Runs.Normalising;

/// <summary>Values by row (see <see cref="RawRows"/>); a cell that could not be read is NULL and has a fault.</summary>
abstract class FieldValues
{
    /// <summary>Ascending by row, at most one a row.</summary>
    public List<CellFault> Faults { get; } = [];

    public abstract bool IsNull(int row);

    /// <summary>The column of the rows named, in that order.</summary>
    public abstract Column Build(int[] rows);

    /// <summary>Writes the canonical text of a value that is not NULL; it depends on no other row.</summary>
    public abstract void Write(int row, CanonicalText text);

    /// <summary>The canonical text; null for NULL.</summary>
    public string? Canonical(int row)
    {
        if (IsNull(row))
        {
            return null;
        }

        var text = new CanonicalText();
        Write(row, text);
        return System.Text.Encoding.UTF8.GetString(text.Utf8);
    }
}

sealed class TextValues(TextColumn column) : FieldValues
{
    public TextColumn Column { get; } = column;

    public override bool IsNull(int row) => Column.IsNull(row);

    public override Column Build(int[] rows) => IsIdentity(rows) ? Column : Column.Gather(rows);

    public override void Write(int row, CanonicalText text) => text.Append(Column.Utf8(row));

    bool IsIdentity(int[] rows)
    {
        for (var i = 0; i < rows.Length; i++)
        {
            if (rows[i] != i)
            {
                return false;
            }
        }

        return rows.Length == Column.Count;
    }
}

/// <summary>Amounts with the scale as written; narrow where an Int64 holds the units.</summary>
sealed class AmountValues(int count, FieldKind kind) : FieldValues
{
    const byte NullScale = byte.MaxValue;

    readonly long[] _units = new long[count];
    readonly byte[] _scales = NewScales(count);
    readonly List<Currency> _currencies = [];
    ushort[]? _currencyOf;
    Int128[]? _wide;
    int _lastCurrency;

    public bool HasWide => _wide is not null;

    public override bool IsNull(int row) => _scales[row] == NullScale;

    public Int128 Units(int row) => _wide is not null && _wide[row] != 0 ? _wide[row] : _units[row];

    public int Scale(int row) => _scales[row];

    public Currency CurrencyOf(int row) => _currencies[_currencyOf?[row] ?? 0];

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
            _wide ??= new Int128[count];
            _wide[row] = units;
        }

        var currency = IndexOf(amount.Currency);
        if (currency > 0)
        {
            _currencyOf ??= new ushort[count];
            _currencyOf[row] = currency;
        }
    }

    public override Column Build(int[] rows)
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
        if (_lastCurrency < _currencies.Count
            && ReferenceEquals(_currencies[_lastCurrency].Code, currency.Code))
        {
            return (ushort)_lastCurrency;
        }

        _lastCurrency = _currencies.IndexOf(currency);
        if (_lastCurrency < 0)
        {
            _lastCurrency = _currencies.Count;
            _currencies.Add(currency);
        }

        return checked((ushort)_lastCurrency);
    }

    static byte[] NewScales(int count)
    {
        var scales = new byte[count];
        Array.Fill(scales, NullScale);
        return scales;
    }
}

sealed class DateValues(int count) : FieldValues
{
    const int NullDay = -1;

    readonly int[] _days = Filled(count);

    public override bool IsNull(int row) => _days[row] == NullDay;

    public void Set(int row, int dayNumber) => _days[row] = dayNumber;

    public override Column Build(int[] rows)
    {
        var builder = new DateColumnBuilder();
        foreach (var row in rows)
        {
            if (IsNull(row))
            {
                builder.AppendNull();
            }
            else
            {
                builder.Append(DateOnly.FromDayNumber(_days[row]));
            }
        }

        return builder.Build();
    }

    public override void Write(int row, CanonicalText text) =>
        text.AppendFormatted(DateOnly.FromDayNumber(_days[row]), "yyyy-MM-dd");

    static int[] Filled(int count)
    {
        var days = new int[count];
        Array.Fill(days, NullDay);
        return days;
    }
}

sealed class InstantValues(int count) : FieldValues
{
    const long NullTicks = -1;

    readonly long[] _ticks = Filled(count);

    public override bool IsNull(int row) => _ticks[row] == NullTicks;

    public void Set(int row, long utcTicks) => _ticks[row] = utcTicks;

    public override Column Build(int[] rows)
    {
        var builder = new InstantColumnBuilder();
        foreach (var row in rows)
        {
            if (IsNull(row))
            {
                builder.AppendNull();
            }
            else
            {
                builder.Append(new Instant(_ticks[row]));
            }
        }

        return builder.Build();
    }

    public override void Write(int row, CanonicalText text) =>
        text.AppendFormatted(new DateTime(_ticks[row], DateTimeKind.Utc), "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'");

    static long[] Filled(int count)
    {
        var ticks = new long[count];
        Array.Fill(ticks, NullTicks);
        return ticks;
    }
}
