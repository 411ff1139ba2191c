// Converts amounts into the currency of a rule at the rates of a day, exactly, and says which rates those were.
using System.Globalization;
using Recon.Model.Rules;

namespace Recon.Model.Rates;

/// <summary>A rule about rates with the table it names.</summary>
/// <param name="table">Null where nobody has it: then no rate is known.</param>
public sealed class Conversion(RateRule rule, RateTable? table)
{
    public RateRule Rule => rule;

    /// <summary>
    /// The amount in the currency of the rule, by way of the base: divided by the rate of its currency, multiplied by that of
    /// the rule's. An amount that is in that currency already stays as it is and needs no rate.
    /// </summary>
    /// <param name="day">A day number; null where there is none, and so no rate.</param>
    /// <returns>Null where a rate is missing.</returns>
    public Fraction? Convert(ExactNumber amount, Currency from, int? day) =>
        from == rule.To ? amount
        : day is { } known && FactorOf(from, known) is { } factor ? amount * factor
        : null;

    /// <summary>What one unit of a currency is in that of the rule; null where a rate is missing.</summary>
    public Fraction? FactorOf(Currency from, int day)
    {
        if (from == rule.To)
        {
            return new Fraction(1, 1);
        }

        var (own, wanted) = (table?.Find(from, day, rule.MaxAge), table?.Find(rule.To, day, rule.MaxAge));
        return own is null || wanted is null ? null : (Fraction)wanted.UnitsPerBase / own.UnitsPerBase;
    }

    /// <summary>True where an amount of the currency can be converted on no day at all.</summary>
    public bool IsNeverRated(Currency from) => from != rule.To && (table is null || !table.Knows(from) || !table.Knows(rule.To));

    /// <summary>An amount with what it is after conversion and at which rates, or with the rate that is missing.</summary>
    public string Words(Money amount, int day) => amount.CurrencyCode == rule.To
        ? amount.ToString()
        : $"{amount} ({Converted(amount, day)})";

    /// <summary>That there is no rate of any currency on a day, in words; null where there is one.</summary>
    public string? MissingDay(int day) => table is null ? $"no rates {rule.Rates} are given"
        : table.HasAny(day, rule.MaxAge) ? null
        : $"{rule.Rates} has no rates of {Iso(DateOnly.FromDayNumber(day))}";

    /// <summary>The first rate that an amount lacks, in words; null where it lacks none.</summary>
    public string? Missing(Currency from, int day) => from == rule.To ? null
        : table is null ? $"no rates {rule.Rates} are given"
        : MissingOf(from, day) ?? MissingOf(rule.To, day);

    /// <summary>A converted amount as people see it: rounded half even to the minor unit of the rule's currency.</summary>
    /// <exception cref="OverflowException">It leaves ±10^37 units.</exception>
    public Money Rounded(Fraction amount) => new(amount.Rounded(MinorUnits), rule.To);

    /// <summary>As <see cref="Rounded"/>, in words and of any size.</summary>
    public string Text(Fraction amount) => $"{amount.Text(MinorUnits)} {rule.To}";

    int MinorUnits => IsoCurrencies.MinorUnits(rule.To) ?? 2;

    string Converted(Money amount, int day) => Convert(amount.Number, amount.CurrencyCode, day) is { } converted
        ? $"{Text(converted)}, {rule.Rates} {string.Join(", ", RatesOf(amount.CurrencyCode, day))}"
        : Missing(amount.CurrencyCode, day)!;

    IEnumerable<string> RatesOf(Currency from, int day) => ((Currency[])[from, rule.To])
        .Where(currency => currency != table!.Base)
        .Select(currency => table!.Find(currency, day, rule.MaxAge)!)
        .Select(rate => $"{rate.UnitsPerBase} {rate.Currency} for 1 {table!.Base} of {Iso(rate.Day)}");

    string? MissingOf(Currency currency, int day) => table!.Find(currency, day, rule.MaxAge) is not null ? null
        : !table.Knows(currency) ? $"{rule.Rates} has no rates of {currency}"
        : $"{rule.Rates} has no rate of {currency} on {Iso(DateOnly.FromDayNumber(day))}"
            + (rule.MaxAge > 0 ? string.Create(CultureInfo.InvariantCulture, $" or in the {rule.MaxAge} days before") : "");

    static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
