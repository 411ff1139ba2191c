// Amounts added up currency by currency.
using Recon.Model;

namespace Recon.Runs.Results;

/// <summary>What amounts come to; never over two currencies.</summary>
public static class MoneySums
{
    /// <summary>One sum a currency, by its code.</summary>
    public static IReadOnlyList<(Currency Currency, ExactTotal Total)> Of(IEnumerable<Money> amounts)
    {
        var sums = new SortedDictionary<Currency, ExactSum>();
        foreach (var amount in amounts)
        {
            if (!sums.TryGetValue(amount.CurrencyCode, out var sum))
            {
                sums.Add(amount.CurrencyCode, sum = new ExactSum());
            }

            sum.Add(amount.Number);
        }

        return [.. sums.Select(sum => (sum.Key, sum.Value.Total))];
    }

    /// <summary><c>5.00 EUR, 1.20 USD</c>; <c>0</c> for none.</summary>
    public static string Text(IReadOnlyList<(Currency Currency, ExactTotal Total)> sums) =>
        sums.Count == 0 ? "0" : string.Join(", ", sums.Select(sum => $"{sum.Total} {sum.Currency.Code}".TrimEnd()));
}
