// The members of a group over several currencies: added up by currency and day, then converted part by part.
using Recon.Model;
using Recon.Model.Rates;

namespace Recon.Matching.Rates;

/// <summary>What members of one currency and one day add up to.</summary>
/// <param name="Day">A day number; null where the members have no day of their own, or it is NULL.</param>
/// <param name="Row">The first of the members.</param>
readonly record struct RatedPart(Money Amount, int? Day, int Row);

/// <summary>
/// The members of a group as a condition over several currencies sees them. However many they are, they are few parts, and only the
/// parts are converted.
/// </summary>
sealed class RatedMembers
{
    readonly Conversion _conversion;
    readonly bool _isDated;
    readonly bool _isKnown;
    (int? Day, Fraction? Total)? _latest;

    /// <param name="side">The many side; of groups on both sides one of them.</param>
    /// <param name="rows">Ascending.</param>
    public RatedMembers(RateCondition condition, int side, IReadOnlyList<int> rows)
    {
        (Side, _conversion, _isDated) = (side, condition.Conversion, side == condition.DatedSide);
        var sums = new Dictionary<(Currency, int?), (ExactNumber Sum, int Row)>();
        _isKnown = rows.Count > 0;
        foreach (var row in rows)
        {
            _isKnown = _isKnown && condition.AmountOf(side, row) is { } amount
                && TryAdd(sums, (amount.CurrencyCode, _isDated ? condition.DayOf(row) : null), amount.Number, row);
        }

        Parts = _isKnown
            ? [.. sums.Select(each => new RatedPart(new Money(each.Value.Sum, each.Key.Item1), each.Key.Item2, each.Value.Row))
                .OrderBy(part => part.Amount.CurrencyCode).ThenBy(part => part.Day)]
            : [];
        Day = Parts.Count > 0 && Parts.All(part => part.Day == Parts[0].Day) ? Parts[0].Day : null;
    }

    public int Side { get; }

    /// <summary>By currency and day; empty where an amount is missing or a sum leaves ±10^37 units.</summary>
    public IReadOnlyList<RatedPart> Parts { get; }

    /// <summary>The one day of all members; null where they have several, one has none, or the day is not theirs.</summary>
    public int? Day { get; }

    /// <summary>The day at which a part is converted.</summary>
    /// <param name="dayOfOne">Of the record on the other side; counts where the day is not the members' own.</param>
    public int? DayOf(RatedPart part, int? dayOfOne) => _isDated ? part.Day : dayOfOne;

    /// <summary>The sum of all members in the common currency; null where an amount, a day or a rate is missing.</summary>
    /// <inheritdoc cref="DayOf"/>
    public Fraction? Total(int? dayOfOne)
    {
        // Many records may claim the same members, most of them at one day.
        if (_latest is not var (day, total) || (!_isDated && day != dayOfOne))
        {
            total = TotalAt(dayOfOne);
            _latest = (dayOfOne, total);
        }

        return total;
    }

    /// <summary>
    /// The sum of members without days of their own beside a group that has them: at the one day of that; where it has several, only
    /// amounts in the common currency have a value. Null where an amount or a rate is missing.
    /// </summary>
    public Fraction? TotalBeside(RatedMembers dated)
    {
        Fraction? total = _isKnown ? ExactNumber.Zero : null;
        foreach (var part in Parts)
        {
            total += _conversion.Convert(part.Amount.Number, part.Amount.CurrencyCode, dated.Day);
        }

        return total;
    }

    Fraction? TotalAt(int? dayOfOne)
    {
        Fraction? total = _isKnown ? ExactNumber.Zero : null;
        foreach (var part in Parts)
        {
            total += DayOf(part, dayOfOne) is { } day ? _conversion.Convert(part.Amount.Number, part.Amount.CurrencyCode, day) : null;
        }

        return total;
    }

    static bool TryAdd(Dictionary<(Currency, int?), (ExactNumber Sum, int Row)> sums, (Currency, int?) key, ExactNumber amount, int row)
    {
        var (known, first) = sums.GetValueOrDefault(key, (new ExactNumber(0, amount.Scale), row));
        var sum = known.Units + amount.Units;
        var fits = sum <= ExactNumber.MaxUnits && sum >= -ExactNumber.MaxUnits;
        sums[key] = (fits ? new ExactNumber(sum, amount.Scale) : known, first);
        return fits;
    }
}
