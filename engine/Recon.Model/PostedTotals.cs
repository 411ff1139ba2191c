// What was posted on one business date, as the circuit breaker compares it.
namespace Recon.Model;

/// <summary>What the engine posted by itself on one business date.</summary>
/// <param name="Values">One total a currency.</param>
public sealed record PostedTotals(int Count, IReadOnlyDictionary<Currency, ExactTotal> Values)
{
    public static PostedTotals Of(IEnumerable<Money> amounts)
    {
        var (count, values) = (0, new Dictionary<Currency, ExactTotal>());
        foreach (var amount in amounts)
        {
            count++;
            values[amount.CurrencyCode] = values.GetValueOrDefault(amount.CurrencyCode) + amount.Number;
        }

        return new PostedTotals(count, values);
    }
}
