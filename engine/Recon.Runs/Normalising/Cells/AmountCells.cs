// Reads amounts from cells: digits, sign and currency.
using System.Text;
using Recon.Model;
using Recon.Model.Columns;

namespace Recon.Runs.Normalising.Cells;

/// <summary>One amount as read; <see cref="Currency"/> is empty for plain numbers.</summary>
readonly record struct Amount(ExactNumber Number, Currency Currency, bool IsNull)
{
    public static Amount Null { get; } = new(default, default, IsNull: true);
}

/// <summary>Reads one money or number field of one table.</summary>
/// <remarks>
/// Blanks around a cell mean nothing. A cell may carry its own currency (<c>10.00 EUR</c>), which must be that of the
/// pack or of the currency column; where that column is empty, the cell's own counts. Of two columns for debit and
/// credit one is filled; a zero beside an amount counts as not filled.
/// </remarks>
sealed class AmountCells
{
    readonly FieldCells _cells;
    readonly CellCleaning _cleaning;
    readonly CurrencyCodes _codes = new();
    readonly byte[][] _debitTokens;
    readonly byte[][] _creditTokens;
    readonly bool _isMoney;

    public AmountCells(FieldCells cells)
    {
        _cells = cells;
        _cleaning = new CellCleaning(cells.Field.Clean);
        _isMoney = cells.Field.Kind == FieldKind.Money;
        _debitTokens = [.. (cells.Sign?.Debit ?? []).Select(Encoding.UTF8.GetBytes)];
        _creditTokens = [.. (cells.Sign?.Credit ?? []).Select(Encoding.UTF8.GetBytes)];
    }

    public CellFaultKind Read(int row, out Amount amount)
    {
        if (_cells.DebitName is not null)
        {
            return ReadTwoColumns(row, out amount);
        }

        var fault = ReadCell(_cells.Value, row, out amount);
        return fault == CellFaultKind.None && !amount.IsNull && _cells.SignName is not null
            ? ApplyToken(row, ref amount)
            : fault;
    }

    CellFaultKind ReadTwoColumns(int row, out Amount amount)
    {
        amount = Amount.Null;
        var fault = ReadCell(_cells.Debit, row, out var debit);
        if (fault != CellFaultKind.None)
        {
            return fault;
        }

        fault = ReadCell(_cells.Credit, row, out var credit);
        if (fault != CellFaultKind.None)
        {
            return fault;
        }

        if (!debit.IsNull && !credit.IsNull && !debit.Number.IsZero && !credit.Number.IsZero)
        {
            return CellFaultKind.BothSides;
        }

        var isDebit = credit.IsNull || (credit.Number.IsZero && !debit.IsNull);
        amount = isDebit ? debit : credit;
        amount = amount.IsNull ? amount : Signed(amount, isDebit);
        return CellFaultKind.None;
    }

    CellFaultKind ApplyToken(int row, ref Amount amount)
    {
        var token = FieldCells.Trimmed(FieldCells.Cell(_cells.SignColumn, row));
        var isDebit = Contains(_debitTokens, token);
        if (!isDebit && !Contains(_creditTokens, token))
        {
            return CellFaultKind.UnknownSign;
        }

        amount = Signed(amount, isDebit);
        return CellFaultKind.None;
    }

    Amount Signed(Amount amount, bool isDebit) =>
        isDebit != (_cells.Sign?.DebitIsPlus ?? false) ? amount with { Number = -amount.Number } : amount;

    static bool Contains(byte[][] tokens, ReadOnlySpan<byte> token)
    {
        foreach (var candidate in tokens)
        {
            if (token.SequenceEqual(candidate))
            {
                return true;
            }
        }

        return false;
    }

    CellFaultKind ReadCell(TextColumn? column, int row, out Amount amount)
    {
        amount = Amount.Null;
        var cell = FieldCells.Trimmed(_cleaning.Clean(FieldCells.Cell(column, row)));
        if (cell.IsEmpty)
        {
            return CellFaultKind.None;
        }

        var digits = cell;
        ReadOnlySpan<byte> ownCode = default;
        if (_isMoney)
        {
            SplitCurrency(cell, out digits, out ownCode);
        }

        if (!ExactNumber.TryParse(digits, out var number, _cells.Dialect.Point, _cells.Dialect.Grouping))
        {
            return CellFaultKind.NoNumber;
        }

        Currency currency = default;
        var fault = _isMoney ? ReadCurrency(row, ownCode, out currency) : CellFaultKind.None;
        if (fault == CellFaultKind.None)
        {
            amount = new Amount(number, currency, IsNull: false);
        }

        return fault;
    }

    // 10.00 EUR: what stands behind the last blank and begins with a letter.
    static void SplitCurrency(
        ReadOnlySpan<byte> cell, out ReadOnlySpan<byte> digits, out ReadOnlySpan<byte> code)
    {
        digits = cell;
        code = default;
        if (char.IsAsciiDigit((char)cell[^1]) && !cell.Contains((byte)' '))
        {
            return;
        }

        var blank = cell.LastIndexOf((byte)' ');
        if (blank > 0 && char.IsAsciiLetter((char)cell[blank + 1]))
        {
            digits = cell[..blank].TrimEnd((byte)' ');
            code = cell[(blank + 1)..];
        }
    }

    CellFaultKind ReadCurrency(int row, ReadOnlySpan<byte> ownCode, out Currency currency)
    {
        Currency own = default;
        currency = default;
        if (!ownCode.IsEmpty && !_codes.TryGet(ownCode, out own))
        {
            return CellFaultKind.BadCurrency;
        }

        var stated = _cells.Currency?.Constant ?? default;
        if (_cells.CurrencyName is not null)
        {
            var cell = FieldCells.Trimmed(FieldCells.Cell(_cells.CurrencyColumn, row));
            if (!cell.IsEmpty && !_codes.TryGet(cell, out stated))
            {
                return CellFaultKind.BadCurrency;
            }
        }

        currency = stated == default ? own : stated;
        return currency == default ? CellFaultKind.NoCurrencyStated
            : own != default && own != currency ? CellFaultKind.OtherCurrency
            : CellFaultKind.None;
    }
}

/// <summary>Currencies met so far, so that a code becomes a string once.</summary>
sealed class CurrencyCodes
{
    // So many that two codes of one file seldom share one.
    const int Slots = 1024;

    readonly (byte[] Code, Currency Currency)[] _lastOf = new (byte[], Currency)[Slots];
    readonly List<(byte[] Code, Currency Currency)> _known = [];

    public bool TryGet(ReadOnlySpan<byte> code, out Currency currency)
    {
        ref var last = ref _lastOf[Slot(code)];
        if (last.Code is null || !code.SequenceEqual(last.Code))
        {
            if (!TryFind(code, out var found))
            {
                currency = default;
                return false;
            }

            last = found;
        }

        currency = last.Currency;
        return true;
    }

    bool TryFind(ReadOnlySpan<byte> code, out (byte[] Code, Currency Currency) found)
    {
        foreach (var known in _known)
        {
            if (code.SequenceEqual(known.Code))
            {
                found = known;
                return true;
            }
        }

        found = (code.ToArray(), default);
        if (!Currency.TryParse(code, out found.Currency))
        {
            return false;
        }

        _known.Add(found);
        return true;
    }

    static int Slot(ReadOnlySpan<byte> code)
    {
        var mixed = code.Length;
        foreach (var unit in code)
        {
            mixed = ((mixed * 11) + unit) & (Slots - 1);
        }

        return mixed & (Slots - 1);
    }
}
