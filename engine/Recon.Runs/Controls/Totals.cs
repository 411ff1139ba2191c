// Adds up the amounts that controls compare.
using Recon.Model;

namespace Recon.Runs.Controls;

/// <summary>Sums by currency, and what could not be added.</summary>
sealed class CurrencyTotals
{
    readonly SortedDictionary<Currency, ExactSum> _totals = [];

    /// <summary>Rows whose amount could not be read.</summary>
    public int Unreadable { get; set; }

    public int Currencies => _totals.Count;

    public void Add(Int128 units, int scale, Currency currency)
    {
        if (!_totals.TryGetValue(currency, out var total))
        {
            _totals.Add(currency, total = new ExactSum());
        }

        total.Add(units, scale);
    }

    /// <summary>
    /// True where all that was added equals the figure, in its currency where it has one. Nothing added equals zero.
    /// </summary>
    public bool Equal(ExactNumber figure, Currency currency) => _totals.Count switch
    {
        0 => figure.IsZero,
        1 => (currency == default || _totals.ContainsKey(currency)) && _totals.Values.Single().Total == figure,
        _ => false,
    };

    /// <summary><c>10.00 EUR + 5.00 USD</c>.</summary>
    public override string ToString() => _totals.Count == 0
        ? "0"
        : string.Join(" + ", _totals.Select(
            entry => entry.Key == default ? entry.Value.Total.ToString() : $"{entry.Value.Total} {entry.Key}"));
}
