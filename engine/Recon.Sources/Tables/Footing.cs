// Adds up the entries of a statement, where that means something.
using Recon.Model;

namespace Recon.Sources.Tables;

sealed class Footing
{
    readonly Dictionary<Currency, Money> _sums = [];

    /// <summary>Number of entries added.</summary>
    public int Entries { get; private set; }

    public void Add(Money amount)
    {
        var currency = amount.CurrencyCode;
        _sums[currency] = _sums.TryGetValue(currency, out var sum) ? sum + amount : amount;
        Entries++;
    }

    /// <summary>
    /// The sum of the entries, 0 where there are none; null where entries and balances are not of one currency, or
    /// nothing tells the currency.
    /// </summary>
    public Money? Movements(Balance? opening, Balance? closing)
    {
        var currencies = _sums.Keys.ToHashSet();
        foreach (var balance in new[] { opening, closing })
        {
            if (balance is not null)
            {
                currencies.Add(balance.Amount.CurrencyCode);
            }
        }

        if (currencies.Count != 1)
        {
            return null;
        }

        var currency = currencies.Single();
        return _sums.TryGetValue(currency, out var sum) ? sum : new Money(ExactNumber.Zero, currency);
    }
}
