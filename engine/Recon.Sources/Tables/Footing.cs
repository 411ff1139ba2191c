// Adds up the entries of a statement, where that means something.
using Recon.Model;

namespace Recon.Sources.Tables;

sealed class Footing
{
    readonly Dictionary<Currency, Money> _sums = [];
    readonly List<(Currency Currency, int Line)> _firsts = [];

    /// <summary>Number of entries added.</summary>
    public int Entries { get; private set; }

    /// <param name="line">Line of the entry in its file, from 1.</param>
    public void Add(Money amount, int line)
    {
        var currency = amount.CurrencyCode;
        if (!_sums.TryGetValue(currency, out var sum))
        {
            _firsts.Add((currency, line));
        }

        _sums[currency] = _sums.ContainsKey(currency) ? sum + amount : amount;
        Entries++;
    }

    /// <summary>The first entry that is not in the currency of the others; null where all are in one.</summary>
    public string? Note(Balance? opening, Balance? closing)
    {
        if (_firsts.Count == 0)
        {
            return null;
        }

        var balance = opening ?? closing;
        var currency = balance?.Amount.CurrencyCode ?? _firsts[0].Currency;
        var other = _firsts.Find(first => first.Currency != currency);
        return other.Line == 0
            ? null
            : $"the entry in line {other.Line} is in {other.Currency},"
                + $" {(balance is null ? "those before it" : "the balance")} in {currency}";
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
