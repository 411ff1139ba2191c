// One condition of a pass, asked of single pairs, with words for what it found.
using System.Globalization;
using Recon.Matching.Blocks;
using Recon.Matching.Reading;
using Recon.Model;
using Recon.Model.Columns;

namespace Recon.Matching.Explaining;

/// <summary>A condition between a row of the first source and a row of the second.</summary>
abstract class Condition(ConditionKind kind, string name)
{
    /// <summary>No distance can be told: NULL, texts, C#.</summary>
    public static readonly Int128 Unmeasured = Int128.MaxValue;

    public ConditionKind Kind => kind;

    public string Name => name;

    /// <summary>True for conditions that a group pass asks of the total, not of each member.</summary>
    public virtual bool IsOfTotal => false;

    /// <summary>How near a failed condition came, whatever its unit is.</summary>
    /// <param name="shortfall">As <see cref="Holds"/> gave it, above 0.</param>
    public virtual Nearness NearnessOf(int first, int second, Int128 shortfall) => Nearness.Unknown;

    /// <param name="shortfall">By how much it fails, in the condition's unit; 0 where it holds.</param>
    public abstract bool Holds(int first, int second, out Int128 shortfall);

    /// <summary>True where distances tell candidates apart.</summary>
    public virtual bool IsMeasured => false;

    /// <summary>How far apart two records lie that meet the condition: at least 0, in its unit; only where it is measured.</summary>
    public virtual Int128 DistanceOf(int first, int second) => throw new InvalidOperationException($"bug: {name} measures nothing");

    public abstract ConditionCheck Check(int first, int second);

    protected ConditionCheck Answer(string? firstValue, string? secondValue, bool holds,
        Shortfall? shortfall = null) =>
        new(kind, name, firstValue, secondValue, holds ? Verdict.Holds : Verdict.Fails, shortfall);
}

/// <summary>How near a failed condition came: what counts for the order of candidates, the nearest first.</summary>
enum Nearness
{
    /// <summary>It holds.</summary>
    Met,

    /// <summary>A slip of the hand, or little beyond the bound.</summary>
    Near,
    Far,

    /// <summary>No distance can be told: NULL, other texts.</summary>
    Unknown,
}

/// <summary>Two key fields are equal; NULL equals nothing unless the pair says so.</summary>
sealed class KeyCondition(string name, Column first, Column second, SideReader[]? readers, bool nullsEqual)
    : Condition(ConditionKind.Key, name)
{
    public override bool Holds(int firstRow, int secondRow, out Int128 shortfall)
    {
        var holds = Equal(firstRow, secondRow);
        shortfall = holds ? 0 : EditsOf(firstRow, secondRow) is { } edits ? edits : Unmeasured;
        return holds;
    }

    public override Nearness NearnessOf(int firstRow, int secondRow, Int128 shortfall) =>
        shortfall == Unmeasured ? Nearness.Unknown : Nearness.Near;

    public override ConditionCheck Check(int firstRow, int secondRow) =>
        Answer(first.Display(firstRow), second.Display(secondRow), Equal(firstRow, secondRow)) with { Slip = SlipOf(firstRow, secondRow) };

    int? EditsOf(int firstRow, int secondRow) => first is TextColumn a && second is TextColumn b
        && a.Text(firstRow) is { } x && b.Text(secondRow) is { } y ? Slips.Edits(x, y) : null;

    string? SlipOf(int firstRow, int secondRow) =>
        first is TextColumn a && second is TextColumn b ? Slips.OfTexts(a.Text(firstRow), b.Text(secondRow)) : null;

    bool Equal(int firstRow, int secondRow)
    {
        if (first.IsNull(firstRow) || second.IsNull(secondRow))
        {
            return nullsEqual && first.IsNull(firstRow) && second.IsNull(secondRow);
        }

        if (readers is null)
        {
            return first.ValueEquals(firstRow, second, secondRow);
        }

        return readers[0].TryRead(firstRow, out var a, out var x)
            && readers[1].TryRead(secondRow, out var b, out var y)
            && a == b && x == y;
    }
}

/// <summary>Both amounts are known and of one currency, that of the tolerance where it has one.</summary>
sealed class CurrencyCondition(string name, SideReader[] readers, int? only, Func<int, string> codeText)
    : Condition(ConditionKind.Currency, name)
{
    public override bool IsOfTotal => true;

    public override Nearness NearnessOf(int first, int second, Int128 shortfall) => Nearness.Far;

    public override bool Holds(int first, int second, out Int128 shortfall)
    {
        var holds = readers[0].TryRead(first, out _, out var a)
            && readers[1].TryRead(second, out _, out var b)
            && a == b && (only is null || only == a);
        shortfall = holds ? 0 : Unmeasured;
        return holds;
    }

    public override ConditionCheck Check(int first, int second) =>
        CheckCodes(Code(0, first), Code(1, second));

    /// <summary>The check of totals; null is a total without one known currency.</summary>
    public ConditionCheck CheckCodes(int? first, int? second)
    {
        var holds = first is not null && first == second && (only is null || only == first);
        return Answer(
            Words(first),
            Words(second),
            holds,
            only is null || first is null || first == only
                ? null
                : new Shortfall(codeText(first.Value), codeText(only.Value)));
    }

    int? Code(int side, int row) => readers[side].TryRead(row, out _, out var code) ? code : null;

    string? Words(int? code) => code is { } known ? codeText(known) : null;

    public SideReader Reader(int side) => readers[side];
}

/// <summary>Both amounts are above zero, or both below: what a record may be split for.</summary>
sealed class SignCondition(string name, SideReader[] readers) : Condition(ConditionKind.Key, $"{name}, same sign")
{
    public override bool Holds(int first, int second, out Int128 shortfall)
    {
        var holds = Sign(0, first) is not (null or 0) && Sign(0, first) == Sign(1, second);
        shortfall = holds ? 0 : Unmeasured;
        return holds;
    }

    public override ConditionCheck Check(int first, int second) =>
        Answer(Word(Sign(0, first)), Word(Sign(1, second)), Holds(first, second, out _));

    int? Sign(int side, int row) => readers[side].TryRead(row, out var value, out _) ? Int128.Sign(value) : null;

    static string? Word(int? sign) => sign switch { null => null, 0 => "0", > 0 => "plus", _ => "minus" };
}

/// <summary>Neither record was split as often as the pass allows.</summary>
sealed class SplitsCondition(string name, RecordTable[] tables, int most)
    : Condition(ConditionKind.Key, $"{name}, split fewer than {most} times")
{
    public override bool Holds(int first, int second, out Int128 shortfall)
    {
        var holds = Splits(0, first) < most && Splits(1, second) < most;
        shortfall = holds ? 0 : Unmeasured;
        return holds;
    }

    public override ConditionCheck Check(int first, int second) =>
        Answer(Text(Splits(0, first)), Text(Splits(1, second)), Holds(first, second, out _));

    int Splits(int side, int row) => tables[side].Origins.Residuals.GetValueOrDefault(row)?.Depth ?? 0;

    static string Text(int splits) => splits.ToString(CultureInfo.InvariantCulture);
}

/// <summary>second lies no farther from first than is allowed.</summary>
sealed class RangeCondition(
    ConditionKind kind, string name, SideReader[] readers, Allowance allowance, Measure measure,
        bool leftIsFirst)
    : Condition(kind, name)
{
    public override bool IsOfTotal => Kind == ConditionKind.Amount;

    public override bool IsMeasured => true;

    public override Int128 DistanceOf(int first, int second) =>
        readers[0].TryRead(first, out var a, out _) && readers[1].TryRead(second, out var b, out _) ? Int128.Abs(b - a) : Unmeasured;

    public override bool Holds(int first, int second, out Int128 shortfall)
    {
        shortfall = Unmeasured;
        if (!readers[0].TryRead(first, out var a, out var x)
            || !readers[1].TryRead(second, out var b, out var y) || x != y)
        {
            return false;
        }

        shortfall = ShortfallOf(a, b);
        return shortfall == 0;
    }

    /// <summary>A tenth of the larger amount, a week or a day: what a person would look at twice.</summary>
    public override Nearness NearnessOf(int first, int second, Int128 shortfall) => shortfall == Unmeasured ? Nearness.Unknown
        : Kind switch
        {
            ConditionKind.Days => shortfall <= 7,
            ConditionKind.Elapsed => shortfall <= TimeSpan.TicksPerDay,
            _ => IsNearAmount(first, second, shortfall),
        } ? Nearness.Near : Nearness.Far;

    bool IsNearAmount(int first, int second, Int128 shortfall) =>
        readers[0].TryRead(first, out var a, out _) && readers[1].TryRead(second, out var b, out _)
        && (shortfall <= Int128.Max(Int128.Abs(a), Int128.Abs(b)) / 10 || Slips.OfAmounts(a, b) is not null);

    Int128 ShortfallOf(Int128 first, Int128 second)
    {
        var (low, high) = (allowance.Low(first, second), allowance.High(first, second));
        var difference = second - first;
        return difference < low ? low - difference : difference > high ? difference - high : 0;
    }

    public override ConditionCheck Check(int first, int second)
    {
        var holds = Holds(first, second, out var shortfall);
        var known = readers[0].TryRead(first, out var a, out var code)
            & readers[1].TryRead(second, out var b, out _);
        return Answer(
            measure.Value(0, first), measure.Value(1, second), holds,
            holds || !known || shortfall == Unmeasured ? null : Fault(a, b, code)) with
        {
            Slip = !holds && known && Kind == ConditionKind.Amount ? Slips.OfAmounts(a, b) : null,
        };
    }

    /// <summary>The check of a total; a null value is a total that cannot be told.</summary>
    public ConditionCheck CheckTotals((Int128 Value, int Currency)? first,
        (Int128 Value, int Currency)? second)
    {
        var known = first is not null && second is not null && first.Value.Currency == second.Value.Currency;
        var holds = known && ShortfallOf(first!.Value.Value, second!.Value.Value) == 0;
        return Answer(
            first is { } a ? measure.Amount(a.Value, a.Currency) : null,
            second is { } b ? measure.Amount(b.Value, b.Currency) : null,
            holds,
            holds || !known
                ? null
                : Fault(first!.Value.Value, second!.Value.Value, first.Value.Currency));
    }

    public SideReader Reader(int side) => readers[side];

    /// <summary>An amount of the condition in words.</summary>
    public string Amount(Int128 units, int code) => measure.Amount(units, code);

    // The bound as the pass states it: right − left; one that holds in both directions has no sign of its own.
    Shortfall Fault(Int128 first, Int128 second, int code)
    {
        var above = allowance.IsBehind(first, second);
        var bound = above ? allowance.High(first, second) : allowance.Low(first, second);
        var isOfBoth = bound != 0 && allowance.Low(first, second) == -allowance.High(first, second);
        var words = measure.Bound(isOfBoth ? Int128.Abs(bound) : leftIsFirst ? bound : -bound, code);
        return new Shortfall(
            measure.Amount(ShortfallOf(first, second), code),
            allowance.ShareFor(above) is { } share ? $"{words} ({Words(share, first, second, code)})" : words);
    }

    string Words(Share share, Int128 first, Int128 second, int code) =>
        $"{share.Percent}% of {measure.Amount(share.BaseOf(first, second), code)}"
        + (share.Most is { } most ? $", at most {measure.Amount(most, code)}" : "");
}

/// <summary>Words for the values of a range.</summary>
/// <param name="Value">(side, row) → the value as people know it.</param>
/// <param name="Amount">(value, currency code) → an amount, a number of days, a span of time.</param>
/// <param name="Bound">The same for a bound of the tolerance.</param>
sealed record Measure(
    Func<int, int, string?> Value, Func<Int128, int, string> Amount, Func<Int128, int, string> Bound)
{
    public static string Days(Int128 days) => Count(days, "day");

    public static string BusinessDays(Int128 days) => Count(days, "business day");

    /// <summary>In the words of a pack: <c>36h</c>, <c>-1h 30m</c>, <c>0.5s</c>. Never days: those are of the calendar.</summary>
    public static string Span(Int128 ticks)
    {
        var (hours, rest) = Int128.DivRem(Int128.Abs(ticks), TimeSpan.TicksPerHour);
        var (minutes, left) = Int128.DivRem(rest, TimeSpan.TicksPerMinute);
        var seconds = (decimal)left / TimeSpan.TicksPerSecond;
        List<string> parts = [];
        if (hours != 0)
        {
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"{hours}h"));
        }

        if (minutes != 0 || ticks == 0)
        {
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"{minutes}m"));
        }

        if (seconds != 0)
        {
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"{seconds:0.#######}s"));
        }

        return (ticks < 0 ? "-" : "") + string.Join(' ', parts);
    }

    static string Count(Int128 count, string unit) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {unit}{(Int128.Abs(count) == 1 ? "" : "s")}");
}
