// Words for one side of a group in its currencies, at its rates, or with the rate that it lacks.
using System.Globalization;
using Recon.Matching.Rates;

namespace Recon.Matching.Explaining;

/// <param name="members">The side that is told; of one record: a group of one member.</param>
/// <param name="others">The other side: its day counts where the members have none.</param>
sealed class RateWords(RateCondition rate, RatedMembers members, RatedMembers others)
{
    // Currencies and days of a group that people are shown.
    const int ShownParts = 3;

    bool IsDated => members.Side == rate.DatedSide;

    /// <summary>
    /// An amount at its rate: <c>100.00 USD (80.00 EUR, ECB 1.2500 USD for 1 EUR of 2026-02-27)</c>. Of several currencies or days the sum,
    /// then what it is made of, the first few; those that lack a rate come first. Null where an amount is missing.
    /// </summary>
    public string? Text()
    {
        if (members.Parts is [] or [_])
        {
            return members.Parts is [var only] ? Words(only) : null;
        }

        var parts = members.Parts.OrderBy(HasRate).Take(ShownParts).Select(Words).ToList();
        if (members.Parts.Count > ShownParts)
        {
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"{members.Parts.Count - ShownParts} more"));
        }

        var total = IsDated ? members.Total(dayOfOne: null) : members.TotalBeside(others);
        return $"{(total is { } sum ? rate.Conversion.Text(sum) : "no rate")}: {string.Join(" + ", parts)}";
    }

    bool HasRate(RatedPart part) => DayOf(part) is { } day
        ? rate.Conversion.Missing(part.Amount.CurrencyCode, day) is null
        : IsCommon(part);

    string Words(RatedPart part) => DayOf(part) is { } day ? rate.Conversion.Words(part.Amount, day)
        : IsDated ? $"{part.Amount} ({NoDay})"
        : IsCommon(part) ? $"{part.Amount}"
        : others.Parts is [{ Day: null }] ? $"{part.Amount} ({NoDay})"
        : $"{part.Amount} (its group has no one day: no rate)";

    string NoDay => $"{rate.Conversion.Rule.DateSource}.{rate.Conversion.Rule.DateField} is NULL: no rate";

    int? DayOf(RatedPart part) => IsDated ? part.Day : others.Day;

    // Without a day only an amount in the common currency has a value.
    bool IsCommon(RatedPart part) => !IsDated && part.Amount.CurrencyCode == rate.Conversion.Rule.To;
}
