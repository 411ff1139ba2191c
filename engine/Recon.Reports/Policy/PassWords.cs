// A pass in words: what is joined, what has to be the same, how far apart the rest may be.
using System.Globalization;
using Recon.Model.Columns;
using Recon.Model.Rules;

namespace Recon.Reports.Policy;

static class PassWords
{
    public static string Joined(PassSpec pass) => pass switch
    {
        { Kind: PassKind.Dedupe } => $"records of {pass.Left.Name} that say the same; the {pass.Tie.Kind.ToString().ToLowerInvariant()} stays",
        { Kind: PassKind.Net } => $"two records of {pass.Left.Name} that cancel each other",
        { Kind: PassKind.NetGroup } => $"all records of {pass.Left.Name} under one key that add up to nothing",
        { IsOfSeveral: true } => $"one record each of {string.Join(", ", pass.Leg.Names)}",
        { Partial: not null } => $"one record of {pass.Left.Name} with one of {pass.Right.Name}, as far as the smaller goes; what is left stays open",
        { Cardinality: Cardinality.OneToOne } => $"one record of {pass.Left.Name} with one of {pass.Right.Name}",
        { Cardinality: Cardinality.OneToMany } => $"one record of {pass.Left.Name} with {Many(pass)} of {pass.Right.Name}",
        { Cardinality: Cardinality.ManyToOne } => $"{Many(pass)} of {pass.Left.Name} with one record of {pass.Right.Name}",
        _ => $"{Many(pass)} of {pass.Left.Name} with {Many(pass)} of {pass.Right.Name}",
    };

    public static string Conditions(PassSpec pass)
    {
        IReadOnlyList<PassSpec> parts = pass.IsOfSeveral ? pass.Pairs : [pass];
        return string.Join("; ",
        [
            .. parts.SelectMany(part => part.Key.Select(pair => Key(part, pair))),
            .. parts.SelectMany(part => part.Comparisons.Where(each => each.Tolerance is not null).Select(each => Comparison(part, each))),
            .. pass.When is { } when ? (string[])[$"and {OneLine(when.Text)}"] : [],
        ]);
    }

    public static string WhenSeveralFit(PassSpec pass) => pass switch
    {
        { IsOfOneSource: true, Kind: not PassKind.Net } or { IsGroup: true, Search: null } => "",
        { Search: not null } => "several groups that fit: people are asked",
        _ => pass.Tie.Kind switch
        {
            TieKind.Ask => "people are asked",
            TieKind.Oldest => $"the oldest by {pass.Tie.LeftField}, first with first",
            TieKind.Newest => $"the newest by {pass.Tie.LeftField}, first with first",
            TieKind.Closest => "the closest",
            _ => "as many as can be, the closest of all",
        } + (pass.Hold ? "; no later pass takes them" : ""),
    };

    internal static string OneLine(string code) => string.Join(' ', code.Split((char[])['\n', '\r', ' ', '\t'], StringSplitOptions.RemoveEmptyEntries));

    internal static string Sum(IReadOnlyList<Term> terms) => string.Concat(
        terms.Select((term, i) => (i == 0 ? term.Minus ? "-" : "" : term.Minus ? " - " : " + ") + $"{term.Source}.{term.Field}"));

    static string Many(PassSpec pass) => pass.Search is null ? "all open records" : "those open records that add up";

    static string Key(PassSpec pass, KeyPair pair) => pass.IsOfOneSource && pair.LeftField == pair.RightField ? $"the same {pair.LeftField}"
        : pair.LeftField == pair.RightField ? $"the same {pair.LeftField}{(pair.NullsEqual ? ", or none on both sides" : "")}"
        : $"{pass.Left.Name}.{pair.LeftField} is {pass.Right.Name}.{pair.RightField}{(pair.NullsEqual ? ", or both have none" : "")}";

    static string Comparison(PassSpec pass, Comparison comparison)
    {
        var (left, right) = (Side(comparison.Left, pass.IsManyLeft), Side(comparison.Right, pass.IsManyRight));
        return comparison.Tolerance switch
        {
            AmountTolerance amount => Amount(left, right, amount),
            DayTolerance day => Span(left, right, day.From, day.To, day.Calendar is null ? "day" : $"business day of {day.Calendar}"),
            ElapsedTolerance elapsed => elapsed.From == -elapsed.To
                ? $"{left} and {right} are at most {Hours(elapsed.To)} apart"
                : $"{right} is from {Hours(elapsed.From)} to {Hours(elapsed.To)} after {left}",
            ContainsTolerance contains => contains.RightIsPart ? $"{left} contains {right}" : $"{right} contains {left}",
            PatternTolerance pattern => $"{left} and {right} have the same {pattern.Pattern}",
            SimilarityTolerance alike => string.Create(
                CultureInfo.InvariantCulture, $"{left} and {right} are alike by {(decimal)alike.Threshold / SimilarityTolerance.Whole} ({alike.Metric})"),
            _ => $"{left} faces {right}",
        };
    }

    static string Side(Operand operand, bool isMany)
    {
        var text = Sum(operand.Terms);
        return isMany && operand.Kind is (FieldKind.Money or FieldKind.Number) ? $"the sum of {text}" : text;
    }

    static string Amount(string left, string right, AmountTolerance amount)
    {
        var converted = amount.Fx is { } fx ? $", in {fx.To.Code} at the rates of {fx.Rates}" : "";
        return (amount.Under.IsZero, amount.Over.IsZero) switch
        {
            (true, true) => $"{left} equals {right}{converted}",
            (_, true) => $"{right} is at most {Bound(amount.Under, amount)} below {left}, and never above{converted}",
            (true, _) => $"{right} is at most {Bound(amount.Over, amount)} above {left}, and never below{converted}",
            _ when amount.Under == amount.Over => $"{left} and {right} differ by at most {Bound(amount.Over, amount)}{converted}",
            _ => $"{right} is at most {Bound(amount.Under, amount)} below and {Bound(amount.Over, amount)} above {left}{converted}",
        };
    }

    static string Bound(AmountBound bound, AmountTolerance tolerance)
    {
        var amount = bound.Amount is { } number ? $"{number}{(tolerance.Currency is { } currency ? $" {currency.Code}" : "")}" : null;
        var percent = bound.Percent is { } share ? $"{share.Trimmed()} % of the {tolerance.Base.ToString()!.ToLowerInvariant()} amount" : null;
        return amount is not null && percent is not null ? $"{percent}, but no more than {amount}" : amount ?? percent ?? "0";
    }

    static string Span(string left, string right, int from, int to, string unit) => (from, to) switch
    {
        (0, 0) => $"{left} and {right} are of one day",
        _ when from == -to => $"{left} and {right} are at most {Plural(to, unit)} apart",
        _ => $"{right} is from {from.ToString(CultureInfo.InvariantCulture)} to {Plural(to, unit)} after {left}",
    };

    internal static string Plural(int count, string unit) => string.Create(
        CultureInfo.InvariantCulture, $"{count} {(count == 1 ? unit : unit.Replace("day", "days", StringComparison.Ordinal))}");

    static string Hours(TimeSpan span) => span.TotalHours is var hours && hours == Math.Floor(hours)
        ? string.Create(CultureInfo.InvariantCulture, $"{hours} h") : string.Create(CultureInfo.InvariantCulture, $"{span.TotalMinutes} min");
}
