// A condition between amounts of several currencies, with words for the rates and for how far it is from passing.
using Recon.Matching.Rates;
using Recon.Model.Rates;
using Recon.Model.Rules;

namespace Recon.Matching.Explaining;

/// <summary>Both sides, converted at the rates of a day, lie within the tolerance.</summary>
/// <param name="isOfTotal">True in a group pass.</param>
sealed class RateCheck(string name, RateCondition rate, bool isOfTotal) : Condition(ConditionKind.Amount, name)
{
    public override bool IsOfTotal => isOfTotal;

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

    /// <summary>The check of both sides of a group; it fails where one is empty.</summary>
    public ConditionCheck Check(Group group)
    {
        var (first, second) = SidesOf(group);
        var amounts = rate.Amounts(first, second);
        var holds = amounts is { } known && known.AreWithin(rate.Tolerance);
        return Answer(
            new RateWords(rate, first, second).Text(), new RateWords(rate, second, first).Text(), holds,
            holds || amounts is not { } apart ? null : new Shortfall(Shown(Outside(apart)), Allowed(apart)));
    }

    /// <summary>Whether a search may add up both amounts at all: they have the rates that it needs.</summary>
    public ConditionCheck CheckRated(int first, int second)
    {
        var check = Check(first, second);
        return check with { Name = $"rates of {Name}", Verdict = rate.Amounts(first, second) is null ? Verdict.Fails : Verdict.Holds, Shortfall = null };
    }

    public Int128 DistanceOf(Group group)
    {
        var (first, second) = SidesOf(group);
        return rate.Holds(rate.Amounts(first, second), out var distance) ? distance : Unmeasured;
    }

    /// <summary>What the two sides of a match say: both as they are with their rates, and right − left in the common currency.</summary>
    public ComparedFields Compared(Group group)
    {
        var check = Check(group);
        var (first, second) = SidesOf(group);
        var difference = rate.Amounts(first, second) is { } amounts ? rate.Conversion.Text(amounts.Difference) : null;
        return new ComparedFields(
            Name, check.FirstValue, check.SecondValue, difference is null || !IsMore(difference) ? null : $"{difference}, rounded");
    }

    (RatedMembers First, RatedMembers Second) SidesOf(Group group) =>
        (new RatedMembers(rate, 0, group.Rows(0)), new RatedMembers(rate, 1, group.Rows(1)));

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
