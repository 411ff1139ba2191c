// What one trusted field says about one match after the other, without allocating for it.
using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Recon.Model;
using Recon.Model.Columns;

namespace Recon.Judging.Believing;

/// <summary>A trusted field of one side; holds what it said of the match it was last asked about.</summary>
abstract class Voice(int side)
{
    /// <summary>Index into the leg's sources.</summary>
    public int Side => side;

    /// <summary>Takes the value of these rows; false where there is none.</summary>
    public abstract bool Listen(ReadOnlySpan<int> rows);

    /// <summary>True where the other, listened to, says the same.</summary>
    public abstract bool Agrees(Voice other);

    /// <summary>Appends the value in its canonical form.</summary>
    public abstract void Write(TextColumnBuilder target);
}

/// <summary>Money: the sum of the side; of a record that was matched in part, that part.</summary>
/// <param name="leftOf">Row → row of what was left of it in this field.</param>
sealed class MoneyVoice(int side, MoneyColumn column, RecordTable table, IReadOnlyDictionary<int, int> leftOf) : Voice(side)
{
    readonly byte[][] _codes =
        [.. column.Currencies.Select(currency => Encoding.UTF8.GetBytes(" " + currency.Code))];
    Int128 _units;
    int _currency;

    public override bool Listen(ReadOnlySpan<int> rows)
    {
        _units = 0;
        _currency = -1;
        foreach (var row in rows)
        {
            var currency = column.CurrencyIndex(row);
            if (column.IsNull(row) || (_currency >= 0 && currency != _currency))
            {
                return false;
            }

            _currency = currency;
            _units += column.Units(row) - (leftOf.TryGetValue(row, out var left) ? column.Units(left) : 0);
            if (_units > ExactNumber.MaxUnits || _units < -ExactNumber.MaxUnits)
            {
                throw AmountRange.Left(
                    $"{table.Name}:{table.Id(row)}",
                    new OverflowException("the sum of a group leaves the range"));
            }
        }

        return true;
    }

    public override bool Agrees(Voice other) => other is MoneyVoice money
        && Currency == money.Currency
        && (Scale == money.Scale ? _units == money._units : Number == money.Number);

    /// <remarks>Amounts that fit an Int64 are written digit by digit; the others are rare.</remarks>
    public override void Write(TextColumnBuilder target)
    {
        Span<byte> text = stackalloc byte[64];
        if (_units > long.MaxValue || _units < -long.MaxValue)
        {
            target.Append($"{Number} {Currency.Code}");
            return;
        }

        var length = WriteNumber((long)_units, Scale, text);
        var code = _codes[_currency];
        code.CopyTo(text[length..]);
        target.Append(text[..(length + code.Length)]);
    }

    int Scale => column.Scale;

    Currency Currency => column.Currencies[_currency];

    ExactNumber Number => new(_units, Scale);

    static int WriteNumber(long units, int scale, Span<byte> text)
    {
        var start = units < 0 ? 1 : 0;
        text[0] = (byte)'-';
        Span<byte> digits = stackalloc byte[20];
        Utf8Formatter.TryFormat(Math.Abs(units), digits, out var count);
        var whole = Math.Max(count - scale, 1);
        var missing = Math.Max(scale + 1 - count, 0);
        Span<byte> padded = stackalloc byte[20 + ExactNumber.MaxScale];
        padded[..missing].Fill((byte)'0');
        digits[..count].CopyTo(padded[missing..]);
        padded[..whole].CopyTo(text[start..]);
        if (scale == 0)
        {
            return start + whole;
        }

        text[start + whole] = (byte)'.';
        padded.Slice(whole, scale).CopyTo(text[(start + whole + 1)..]);
        return start + whole + 1 + scale;
    }
}

/// <summary>Texts, numbers, dates and instants: what all members of the side say.</summary>
sealed class PlainVoice(int side, Column column, RecordTable table) : Voice(side)
{
    readonly TimeZoneInfo? _zone = column is InstantColumn ? table.Source.TimeZone : null;
    int _row;

    public override bool Listen(ReadOnlySpan<int> rows)
    {
        _row = rows[0];
        foreach (var row in rows)
        {
            if (column.IsNull(row) || (row != _row && !column.ValueEquals(_row, column, row)))
            {
                return false;
            }
        }

        return true;
    }

    public override bool Agrees(Voice other) => other is PlainVoice plain
        && (Kind == plain.Kind ? column.ValueEquals(_row, plain.Column, plain._row)
            : Date is { } date && plain.Date is { } otherDate ? date == otherDate
            : column.Display(_row) == plain.Column.Display(plain._row));

    public override void Write(TextColumnBuilder target)
    {
        Span<byte> text = stackalloc byte[16];
        if (column is TextColumn texts)
        {
            target.Append(texts.Utf8(_row));
        }
        else if (column is DateColumn dates
            && dates.Date(_row).TryFormat(text, out var length, "yyyy-MM-dd", CultureInfo.InvariantCulture))
        {
            target.Append(text[..length]);
        }
        else
        {
            target.Append(column.Display(_row));
        }
    }

    Column Column => column;

    FieldKind Kind => column.Kind;

    DateOnly? Date => column switch
    {
        DateColumn dates => dates.Date(_row),
        InstantColumn instants => instants.Instant(_row).DateIn(_zone!),
        _ => null,
    };
}
