// Reads the amounts that most files have: digits and a point, in a currency that was met before.
using Recon.Model.Columns;

namespace Recon.Runs.Normalising.Cells;

/// <summary>Says what <see cref="AmountCells"/> would, of fewer cells and in a fraction of the time.</summary>
ref struct PlainAmounts
{
    // As many digits always fit an Int64.
    const int MostDigits = 18;

    // A power of two: so many that two codes of one file seldom share a slot.
    const int Slots = 256;

    readonly bool _isPossible;
    readonly bool _hasCodes;
    readonly byte _point;
    readonly CellsOfBlock _numbers;
    readonly CellsOfBlock _codes;
    readonly Known[] _known = new Known[Slots];

    readonly record struct Known(uint Code, ushort Index);

    public PlainAmounts(FieldCells cells)
    {
        _point = cells.Dialect.Point;
        _hasCodes = cells.CurrencyName is not null;
        _isPossible = cells is { DebitName: null, SignName: null, Field.Clean.Count: 0, Value: { } value } && value.TryCells(out _numbers)
            && (!_hasCodes || (cells.CurrencyColumn is { } column && column.TryCells(out _codes)));
    }

    /// <summary>False where the cell or its currency needs a closer look.</summary>
    /// <param name="currency">Index that <see cref="Learn"/> was told.</param>
    public readonly bool TryRead(int row, out long units, out int scale, out int currency)
    {
        (units, scale, currency) = (0, 0, 0);
        return _isPossible && TryCurrency(row, out currency) && TryNumber(_numbers[row], out units, out scale);
    }

    /// <summary>The currency of a row has this index; it says nothing of other rows where the cell names a currency of its own.</summary>
    public readonly void Learn(int row, int currency)
    {
        if (_isPossible && CodeOf(row) is var code and > 0 && TryNumber(_numbers[row], out _, out _))
        {
            _known[Slot(code)] = new Known(code, (ushort)currency);
        }
    }

    readonly bool TryCurrency(int row, out int currency)
    {
        var code = CodeOf(row);
        var known = _known[Slot(code)];
        currency = known.Index;
        return code > 0 && known.Code == code;
    }

    // Three bytes and a mark; 0 where the code has another length. One for all where the file has no codes.
    readonly uint CodeOf(int row)
    {
        if (!_hasCodes)
        {
            return 1;
        }

        var code = _codes[row];
        return code.Length == 3 ? (1u << 24) | ((uint)code[0] << 16) | ((uint)code[1] << 8) | code[2] : 0;
    }

    static int Slot(uint code) => unchecked((int)((code * 0x9E3779B1u) >> 24));

    readonly bool TryNumber(ReadOnlySpan<byte> text, out long units, out int scale)
    {
        (units, scale) = (0, 0);
        var isNegative = !text.IsEmpty && text[0] == (byte)'-';
        var digits = isNegative ? text[1..] : text;
        var whole = digits.Length;
        if (digits.Length > MostDigits)
        {
            return false;
        }

        for (var i = 0; i < digits.Length; i++)
        {
            var digit = unchecked((uint)(digits[i] - (byte)'0'));
            if (digit <= 9)
            {
                units = (units * 10) + digit;
            }
            else if (digits[i] == _point && whole == digits.Length)
            {
                whole = i;
            }
            else
            {
                return false;
            }
        }

        scale = Math.Max(0, digits.Length - whole - 1);
        units = isNegative ? -units : units;
        return whole > 0 && whole != digits.Length - 1;
    }
}
