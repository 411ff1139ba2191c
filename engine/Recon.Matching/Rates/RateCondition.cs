// A tolerance between amounts of two currencies: both are converted at the day of one record.
using System.Numerics;
using Recon.Matching.Blocks;
using Recon.Matching.Reading;
using Recon.Matching.Searching;
using Recon.Model;
using Recon.Model.Rates;
using Recon.Model.Rules;

namespace Recon.Matching.Rates;

/// <summary>
/// A condition of pairs, since the rate of one record's day converts the amount of the other: neither has a value in the common
/// currency by itself. In a group pass it is one of the record and all its members.
/// </summary>
/// <param name="amounts">By side of the leg, in units of <paramref name="scale"/>.</param>
/// <param name="days">The day numbers of the dated side.</param>
/// <param name="datedSide">The side whose record has the day.</param>
/// <param name="currencies">By the code that the readers give.</param>
sealed class RateCondition(
    AmountTolerance tolerance, Conversion conversion, SideReader[] amounts, SideReader days, int datedSide, int scale,
    bool leftIsFirst, IReadOnlyList<Currency> currencies)
{
    /// <summary>Distances are told in so many decimals of the common currency, rounded half even.</summary>
    public const int DistanceScale = 6;

    // In units of the scale of distances, bounds rounded down: within a unit of the tolerance.
    readonly Allowance _allowance = Allowance.Of(tolerance, DistanceScale, leftIsFirst);

    public int DatedSide => datedSide;

    public bool LeftIsFirst => leftIsFirst;

    public AmountTolerance Tolerance => tolerance;

    public Conversion Conversion => conversion;

    /// <summary>Both amounts in the common currency; null where a value or a rate is missing.</summary>
    public RatedAmounts? Amounts(int first, int second)
    {
        if (DayOf(datedSide == 0 ? first : second) is not { } day
            || Converted(0, first, day) is not { } a || Converted(1, second, day) is not { } b)
        {
            return null;
        }

        return leftIsFirst ? new RatedAmounts(a, b) : new RatedAmounts(b, a);
    }

    /// <summary>
    /// One record and the sum of its members in the common currency; null where a value or a rate is missing. The record that has no day of
    /// its own is converted at that of its members; where they have several, only an amount in the common currency has a value.
    /// </summary>
    public RatedAmounts? Amounts(int one, RatedMembers members)
    {
        var side = 1 - members.Side;
        if (AmountOf(side, one) is not { } amount || members.Total(DayOfOne(one, members)) is not { } sum
            || conversion.Convert(amount.Number, amount.CurrencyCode, DayOfOne(one, members)) is not { } own)
        {
            return null;
        }

        return leftIsFirst == (side == 0) ? new RatedAmounts(own, sum) : new RatedAmounts(sum, own);
    }

    /// <summary>
    /// The sums of a group of either side in the common currency: of the dated side each member at its own day, of the other all at the day
    /// that those share. Null where a value or a rate is missing.
    /// </summary>
    public RatedAmounts? Amounts(RatedMembers members, RatedMembers others)
    {
        var (dated, beside) = members.Side == datedSide ? (members, others) : (others, members);
        return dated.Total(dayOfOne: null) is not { } own || beside.TotalBeside(dated) is not { } other ? null
            : leftIsFirst == (dated.Side == 0) ? new RatedAmounts(own, other) : new RatedAmounts(other, own);
    }

    /// <summary>The first record of two groups that has no rate, those of the dated side first; null where all have, or an amount is missing.</summary>
    public (SideRow Record, int? Day)? LackOf(RatedMembers members, RatedMembers others)
    {
        var (dated, beside) = members.Side == datedSide ? (members, others) : (others, members);
        if (dated.Parts.Count == 0 || beside.Parts.Count == 0)
        {
            return null;
        }

        foreach (var part in dated.Parts)
        {
            if (part.Day is null || conversion.Convert(part.Amount.Number, part.Amount.CurrencyCode, part.Day) is null)
            {
                return (new SideRow(dated.Side, part.Row), part.Day);
            }
        }

        foreach (var part in beside.Parts)
        {
            if (conversion.Convert(part.Amount.Number, part.Amount.CurrencyCode, dated.Day) is null)
            {
                return (new SideRow(beside.Side, part.Row), dated.Day);
            }
        }

        return null;
    }

    /// <summary>The first record of a group that has no rate; null where all have, or an amount is missing.</summary>
    public (SideRow Record, int? Day)? LackOf(int one, RatedMembers members)
    {
        var (side, day) = (1 - members.Side, DayOfOne(one, members));
        if (members.Parts.Count == 0 || AmountOf(side, one) is not { } amount)
        {
            return null;
        }

        if (side != datedSide || day is not null)
        {
            foreach (var part in members.Parts)
            {
                var ofPart = members.DayOf(part, day);
                if (ofPart is null || conversion.Convert(part.Amount.Number, part.Amount.CurrencyCode, ofPart) is null)
                {
                    return (new SideRow(members.Side, part.Row), ofPart);
                }
            }
        }

        return (side == datedSide && day is null) || conversion.Convert(amount.Number, amount.CurrencyCode, day) is null
            ? (new SideRow(side, one), day)
            : null;
    }

    /// <summary>The day at which the one record of a group is converted; null where there is none.</summary>
    public int? DayOfOne(int one, RatedMembers members) => members.Side == datedSide ? members.Day : DayOf(one);

    /// <summary>
    /// What the other side of a group may add up to, widened so far that no answer is missed where each amount was rounded to units of
    /// <see cref="DistanceScale"/>.
    /// </summary>
    /// <param name="side">Of the value: 0 or 1.</param>
    /// <param name="members">Records of the other side at most.</param>
    public SumRange Around(int side, Int128 value, int members)
    {
        var ranges = new[] { value - 1, value + 1 }.Select(near => _allowance.Around(side, near)).ToList();
        return new SumRange(ranges.Min(range => range.Low) - Slack(members), ranges.Max(range => range.High) + Slack(members));
    }

    /// <summary>second − first of a group of either side, both of amounts up to these, widened as <see cref="Around"/>.</summary>
    /// <param name="members">Records of both sides at most.</param>
    public SumRange Between(Int128 first, Int128 second, int members) =>
        new(_allowance.Low(first, second) - Slack(members), _allowance.High(first, second) + Slack(members));

    // Half a unit a record in the sum, as much in what a percentage is of, and what rounding the bound down takes.
    static int Slack(int members) => (2 * members) + 4;

    /// <param name="distance">In units of <see cref="DistanceScale"/>; 0 where the condition fails.</param>
    public bool Holds(int first, int second, out Int128 distance) => Holds(Amounts(first, second), out distance);

    /// <param name="asked">Null fails.</param>
    /// <inheritdoc cref="Holds(int, int, out Int128)"/>
    public bool Holds(RatedAmounts? asked, out Int128 distance)
    {
        var holds = asked is { } amounts && amounts.AreWithin(tolerance);
        distance = holds ? DistanceOf(asked!.Value.Difference.Abs()) : 0;
        return holds;
    }

    /// <summary>In units of <see cref="DistanceScale"/>; what no amount can be is as far as anything.</summary>
    public static Int128 DistanceOf(Fraction difference) =>
        (Int128)BigInteger.Min(difference.RoundedUnits(DistanceScale), Int128.MaxValue / 2);

    /// <summary>The day of a row of the dated side; null where it is NULL.</summary>
    public int? DayOf(int row) => days.TryRead(row, out var day, out _) ? (int)day : null;

    /// <summary>The amount of a row; null where it is NULL, mixes currencies or has none.</summary>
    public Money? AmountOf(int side, int row) =>
        amounts[side].TryRead(row, out var units, out var code) && code != SideReader.NoCurrency
            ? new Money(new ExactNumber(units, scale), currencies[code])
            : null;

    /// <summary>Sorts rows so that those that the condition cannot tell apart come together and compare as 0.</summary>
    public int Compare(int side, int row, int otherRow)
    {
        var order = Comparer<(int, Int128)?>.Default.Compare(Read(amounts[side], row), Read(amounts[side], otherRow));
        return order != 0 || side != datedSide ? order
            : Comparer<int?>.Default.Compare(DayOf(row), DayOf(otherRow));
    }

    public RateIndex IndexOver(IReadOnlyList<int> rows) => new(this, rows, scale);

    Fraction? Converted(int side, int row, int day) =>
        AmountOf(side, row) is { } amount ? conversion.Convert(amount.Number, amount.CurrencyCode, day) : null;

    static (int Currency, Int128 Units)? Read(SideReader reader, int row) =>
        reader.TryRead(row, out var units, out var code) ? (code, units) : null;
}
