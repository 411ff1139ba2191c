// Believed amounts as numbers beside their currency.
using System.Numerics;
using Parquet.Data;
using Recon.Model;
using Recon.Model.Columns;

namespace Recon.Store.Evidence;

/// <param name="scale">Digits behind the point that every amount gets; none has more.</param>
sealed class Amounts(TextColumn texts, int scale)
{
    static readonly BigInteger Beyond = BigInteger.Pow(10, SegmentColumns.MostDigits);

    readonly BigInteger[] _powers = [.. Enumerable.Range(0, scale + 1).Select(exponent => BigInteger.Pow(10, exponent))];

    /// <summary>NULL for what is no amount, and where 38 digits do not hold it: the text beside it is exact in every case.</summary>
    public BigDecimal? Decimal(int row)
    {
        if (!TryAmount(row, out var number, out _))
        {
            return null;
        }

        var units = number.Scale == scale ? number.Units : number.Units * _powers[scale - number.Scale];
        return BigInteger.Abs(units) < Beyond ? new BigDecimal(units, SegmentColumns.MostDigits, scale) : null;
    }

    public void AddCurrency(TextCells cells, int row)
    {
        if (TryAmount(row, out _, out var currency) && !currency.IsEmpty)
        {
            cells.Add(currency);
        }
        else
        {
            cells.AddNull();
        }
    }

    bool TryAmount(int row, out ExactNumber number, out ReadOnlySpan<byte> currency)
    {
        number = default;
        currency = default;
        return !texts.IsNull(row) && BelievedText.TryMoney(texts.Utf8(row), out number, out currency);
    }
}
