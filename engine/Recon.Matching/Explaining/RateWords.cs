// Words for a record and its members in their currencies, at their rates, or with the rate that they lack.
using System.Globalization;
using Recon.Matching.Rates;

namespace Recon.Matching.Explaining;

/// <summary>A record and the members of its group; a pair is a group of one member.</summary>
sealed class RateWords(RateCondition rate, int one, RatedMembers members)
{
    // Currencies and days of a group that people are shown.
    const int ShownParts = 3;

    /// <summary>The amount of the one record: <c>100.00 USD (80.00 EUR, ECB 1.2500 USD for 1 EUR of 2026-02-27)</c>; null where it has none.</summary>
    public string? OfOne()
    {
        if (rate.AmountOf(1 - members.Side, one) is not { } amount)
        {
            return null;
        }

        var isDated = members.Side != rate.DatedSide;
        return rate.DayOfOne(one, members) is { } day ? rate.Conversion.Words(amount, day)
            : isDated ? $"{amount} ({NoDay})"
            : amount.CurrencyCode == rate.Conversion.Rule.To ? $"{amount}"
            : $"{amount} (its group has no one day: no rate)";
    }

    /// <summary>
    /// The amount of the members: the sum, then what it is made of by currency and day, the first few; those that lack a rate come first.
    /// Null where an amount is missing.
    /// </summary>
    public string? OfMembers()
    {
        var dayOfOne = rate.DayOfOne(one, members);
        if (members.Parts is [] or [_])
        {
            return members.Parts is [var only] ? Words(only, dayOfOne) : null;
        }

        var conversion = rate.Conversion;
        var parts = members.Parts.OrderBy(part => members.DayOf(part, dayOfOne) is { } day && conversion.Missing(part.Amount.CurrencyCode, day) is null)
            .Take(ShownParts).Select(part => Words(part, dayOfOne)).ToList();
        if (members.Parts.Count > ShownParts)
        {
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"{members.Parts.Count - ShownParts} more"));
        }

        return $"{(members.Total(dayOfOne) is { } total ? conversion.Text(total) : "no rate")}: {string.Join(" + ", parts)}";
    }

    string Words(RatedPart part, int? dayOfOne) => members.DayOf(part, dayOfOne) is { } day
        ? rate.Conversion.Words(part.Amount, day)
        : $"{part.Amount} ({NoDay})";

    string NoDay => $"{rate.Conversion.Rule.DateSource}.{rate.Conversion.Rule.DateField} is NULL: no rate";
}
