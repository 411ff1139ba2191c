// Adds up amounts of any number and size, exactly.
using System.Globalization;
using System.Numerics;
using Recon.Model;

namespace Recon.Runs.Controls;

/// <summary>A sum without bounds.</summary>
sealed class Total
{
    // By scale; moved to the large ones before an Int128 could overflow.
    readonly Int128[] _small = new Int128[ExactNumber.MaxScale + 1];
    readonly BigInteger[] _large = new BigInteger[ExactNumber.MaxScale + 1];
    int _scale;

    public void Add(Int128 units, int scale)
    {
        _scale = Math.Max(_scale, scale);
        _small[scale] += units;
        if (Int128.Abs(_small[scale]) > ExactNumber.MaxUnits)
        {
            _large[scale] += _small[scale];
            _small[scale] = 0;
        }
    }

    public bool Equals(ExactNumber number) =>
        Units(ExactNumber.MaxScale) == (BigInteger)number.Units * BigInteger.Pow(
            10, ExactNumber.MaxScale - number.Scale);

    public override string ToString()
    {
        var units = Units(_scale);
        var digits = BigInteger.Abs(units).ToString(CultureInfo.InvariantCulture).PadLeft(_scale + 1, '0');
        var sign = units.Sign < 0 ? "-" : "";
        return _scale == 0 ? sign + digits : $"{sign}{digits[..^_scale]}.{digits[^_scale..]}";
    }

    BigInteger Units(int scale)
    {
        BigInteger units = 0;
        for (var i = 0; i <= _scale; i++)
        {
            units += (_large[i] + _small[i]) * BigInteger.Pow(10, scale - i);
        }

        return units;
    }
}

/// <summary>Sums by currency, and what could not be added.</summary>
sealed class CurrencyTotals
{
    readonly SortedDictionary<Currency, Total> _totals = [];

    /// <summary>Rows whose amount could not be read.</summary>
    public int Unreadable { get; set; }

    public int Currencies => _totals.Count;

    public void Add(Int128 units, int scale, Currency currency)
    {
        if (!_totals.TryGetValue(currency, out var total))
        {
            _totals.Add(currency, total = new Total());
        }

        total.Add(units, scale);
    }

    /// <summary>
    /// True where all that was added equals the figure, in its currency where it has one. Nothing added equals zero.
    /// </summary>
    public bool Equal(ExactNumber figure, Currency currency) => _totals.Count switch
    {
        0 => figure.IsZero,
        1 => (currency == default || _totals.ContainsKey(currency)) && _totals.Values.Single().Equals(figure),
        _ => false,
    };

    /// <summary><c>10.00 EUR + 5.00 USD</c>.</summary>
    public override string ToString() => _totals.Count == 0
        ? "0"
        : string.Join(" + ", _totals.Select(
            entry => entry.Key == default ? entry.Value.ToString() : $"{entry.Value} {entry.Key}"));
}
