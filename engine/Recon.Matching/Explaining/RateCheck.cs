// A condition between amounts of several currencies, with words for the rates and for how far it is from passing.
using Recon.Matching.Rates;
using Recon.Model.Rates;
using Recon.Model.Rules;

namespace Recon.Matching.Explaining;

/// <summary>Both sides, converted at the rates of a day, lie within the tolerance.</summary>
/// <param name="oneSide">In a group pass the side of the one record; null in a 1:1 pass.</param>
sealed class RateCheck(string name, RateCondition rate, int? oneSide) : Condition(ConditionKind.Amount, name)
{
    // A pair is a group of one member, which is converted at the day of the other record.
    readonly int _oneSide = oneSide ?? rate.DatedSide;

    public override bool IsOfTotal => oneSide is not null;

    public override bool IsMeasured => true;

    public override Int128 DistanceOf(int first, int second) => DistanceOf(Checks.PairOf(first, second));

    /// <param name="shortfall">In millionths of the common currency, at least 1 where it fails; unmeasured without a rate.</param>
    public override bool Holds(int first, int second, out Int128 shortfall)
    {
        var amounts = rate.Amounts(first, second);
        shortfall = amounts is { } known
            ? known.AreWithin(rate.Tolerance) ? 0 : Int128.Max(1, RateCondition.DistanceOf(Outside(known)))
            : Unmeasured;
        return shortfall == 0;
    }

    /// <summary>Near is a tenth of the larger converted amount.</summary>
    public override Nearness NearnessOf(int first, int second, Int128 shortfall) => rate.Amounts(first, second) is not { } amounts
        ? Nearness.Unknown
        : Outside(amounts) <= Fraction.Max(amounts.Left.Abs(), amounts.Right.Abs()) / new Fraction(10, 1) ? Nearness.Near : Nearness.Far;

    public override ConditionCheck Check(int first, int second) => Check(Checks.PairOf(first, second));

    /// <summary>The check of a record and all its members; it fails where there are none.</summary>
    public ConditionCheck Check(Group group)
    {
        var (one, members) = SidesOf(group);
        var amounts = rate.Amounts(one, members);
        var holds = amounts is { } known && known.AreWithin(rate.Tolerance);
        var words = new RateWords(rate, one, members);
        var (first, second) = _oneSide == 0 ? (words.OfOne(), words.OfMembers()) : (words.OfMembers(), words.OfOne());
        return Answer(first, second, holds, holds || amounts is not { } apart ? null : new Shortfall(Shown(Outside(apart)), Allowed(apart)));
    }

    public Int128 DistanceOf(Group group)
    {
        var (one, members) = SidesOf(group);
        return rate.Holds(rate.Amounts(one, members), out var distance) ? distance : Unmeasured;
    }

    /// <summary>What the two sides of a match say: both as they are with their rates, and right − left in the common currency.</summary>
    public ComparedFields Compared(Group group)
    {
        var check = Check(group);
        var (one, members) = SidesOf(group);
        var difference = rate.Amounts(one, members) is { } amounts ? rate.Conversion.Text(amounts.Difference) : null;
        return new ComparedFields(
            Name, check.FirstValue, check.SecondValue, difference is null || !IsMore(difference) ? null : $"{difference}, rounded");
    }

    (int One, RatedMembers Members) SidesOf(Group group) =>
        (group.Rows(_oneSide)[0], new RatedMembers(rate, 1 - _oneSide, group.Rows(1 - _oneSide)));

    Fraction Outside(RatedAmounts amounts) => amounts.Difference.Abs() - amounts.Bound(rate.Tolerance, amounts.Difference.Sign < 0);

    string Allowed(RatedAmounts amounts)
    {
        var below = amounts.Difference.Sign < 0;
        var bound = below ? rate.Tolerance.Under : rate.Tolerance.Over;
        var share = bound.Percent is { } percent
            ? $" ({percent}% of {Word(rate.Tolerance.Base)}{(bound.Amount is { } most ? $", at most {most} {rate.Conversion.Rule.To}" : "")})"
            : "";
        return Shown(amounts.Bound(rate.Tolerance, below)) + share;
    }

    // What is not nothing is never shown as nothing.
    string Shown(Fraction amount) => amount.Sign == 0 || IsMore(rate.Conversion.Text(amount))
        ? rate.Conversion.Text(amount)
        : $"{amount.Text(RateCondition.DistanceScale)} {rate.Conversion.Rule.To}";

    static bool IsMore(string amount) => amount.AsSpan().IndexOfAnyInRange('1', '9') >= 0;

    static string Word(PercentBase? baseOf) => baseOf switch
    {
        PercentBase.Left => "left",
        PercentBase.Right => "right",
        PercentBase.Larger => "the larger",
        _ => "the smaller",
    };
}
