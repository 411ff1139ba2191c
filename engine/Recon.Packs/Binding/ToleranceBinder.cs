// Binds the tolerances of `within`.
using System.Globalization;
using System.Text.RegularExpressions;
using Recon.Model.Columns;
using Recon.Model.Rules;
using Recon.Packs.Diagnosing;
using Recon.Packs.Syntax;
using Recon.Packs.Vocabulary;

namespace Recon.Packs.Binding;

/// <param name="calendar">Of the pass; null where neither it nor a source of its leg names one.</param>
sealed partial class ToleranceBinder(
    PackScope scope, BoundSource leftSource, BoundSource rightSource, string? calendar)
{
    enum SpanUnit
    {
        None,
        Day,
        BusinessDay,
        Elapsed,
    }

    /// <summary>A signed length of time as written.</summary>
    readonly record struct Span(long Amount, SpanUnit Unit, TimeSpan Elapsed);

    /// <summary>True for what may be meant as a length of time.</summary>
    public static bool IsForm(string text) => SpanText().IsMatch(text);

    /// <summary>The tolerance; null, reported, where it is none or does not fit what faces each other.</summary>
    public Tolerance? Bind(Node node, Operand left, Operand right) => left.Kind switch
    {
        FieldKind.Money or FieldKind.Number => Amount(node, left, right),
        FieldKind.Date or FieldKind.Instant =>
            Time(node, bothInstants: left.Kind == FieldKind.Instant && right.Kind == FieldKind.Instant),
        _ => new TextToleranceBinder(scope, leftSource, rightSource).Bind(node, OperandBinder.Text(left.Terms)),
    };

    AmountTolerance? Amount(Node node, Operand left, Operand right)
    {
        var tolerance = new AmountToleranceBinder(scope, left, right).Bind(node);
        if (tolerance is { Fx: null } && (node as MapNode)?.Find("fx") is null
            && CurrencyChecks.CanNeverMeet(tolerance.Currency, FieldsOf(left, leftSource).Concat(FieldsOf(right, rightSource)), node.Place, scope.Report))
        {
            return null;
        }

        return tolerance is not null && node is MapNode map && map.Find("fx") is not null
            ? new RateRuleBinder(scope, leftSource, rightSource).Bind(tolerance, map, left.Kind)
            : tolerance;
    }

    static IEnumerable<FieldSpec> FieldsOf(Operand operand, BoundSource source) => operand.Terms.Select(term => source.Find(term.Field)!);

    static string Written(Node node) => node is ScalarNode scalar ? scalar.Text : "{ … }";

    Tolerance? Time(Node node, bool bothInstants)
    {
        if (node is ListNode)
        {
            scope.Report.Add(
                Findings.BadTolerance, node.Place, "2d, 36h, { from: -1d, to: 3d }", "a list", "dates");
            return null;
        }

        var (from, to) = node is MapNode map ? Range(map) : (null, Length((ScalarNode)node));
        if (to is not { } high || (node is MapNode && from is null))
        {
            return null;
        }

        var low = from ?? new Span(-Math.Abs(high.Amount), high.Unit, -high.Elapsed);
        if (node is not MapNode && high.Amount < 0)
        {
            scope.Report.Add(
                Findings.BadTolerance, node.Place, "both ways: 2d; one way: { from: -2d, to: 0 }",
                Written(node), "dates");
            return null;
        }

        var unit = Unit(low, high, bothInstants, node);
        return unit is null ? null : Compose(low, high, unit.Value, node);
    }

    (Span? From, Span? To) Range(MapNode map)
    {
        if (map.Find("under") is not null || map.Find("over") is not null)
        {
            scope.Report.Add(
                Findings.ToleranceKind, map.Place, "{ from: -1d, to: 3d }", "a date", "under … over");
            return (null, null);
        }

        var keys = new Keys(map, map.Place, PassShapes.Range, scope.Report);
        var (from, to) = (
            keys.NeedScalar("from", "{ from: -1d, to: 3d }"), keys.NeedScalar("to", "{ from: -1d, to: 3d }"));
        return (from is null ? null : Length(from), to is null ? null : Length(to));
    }

    Span? Length(ScalarNode node)
    {
        var text = PackScope.IsReference(node) ? scope.Value(node, FieldKind.Text) : node.Text;
        if (text is null)
        {
            return null;
        }

        var match = SpanText().Match(text);
        var digits = match.Groups[1].Value;
        if (!int.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var amount)
            || Math.Abs((long)amount) > 100_000)
        {
            var money = Literals.TryMoney(text, out _);
            scope.Report.Add(
                money ? Findings.ToleranceKind : Findings.BadTolerance, node.Place,
                "0, 2d, 2 business days, 36h, 90m", money ? "a date" : text, money ? text : "dates");
            return null;
        }

        return match.Groups[2].Value switch
        {
            "d" => new Span(amount, SpanUnit.Day, default),
            "h" => new Span(amount, SpanUnit.Elapsed, TimeSpan.FromHours(amount)),
            "m" => new Span(amount, SpanUnit.Elapsed, TimeSpan.FromMinutes(amount)),
            "" => Bare(node, amount),
            _ => new Span(amount, SpanUnit.BusinessDay, default),
        };
    }

    Span? Bare(ScalarNode node, int amount)
    {
        if (amount == 0)
        {
            return new Span(0, SpanUnit.None, default);
        }

        scope.Report.Add(
            Findings.BadTolerance, node.Place, $"of what? {amount}d, {amount} business days, {amount}h",
            node.Text, "dates");
        return null;
    }

    /// <summary>The unit of both ends; a bare 0 takes that of the other, two bare zeros that of the fields.</summary>
    SpanUnit? Unit(Span low, Span high, bool bothInstants, Node node)
    {
        var standard = bothInstants ? SpanUnit.Elapsed : SpanUnit.Day;
        var from = low.Unit == SpanUnit.None ? (high.Unit == SpanUnit.None ? standard : high.Unit) : low.Unit;
        var to = high.Unit == SpanUnit.None ? from : high.Unit;
        if (from != to)
        {
            scope.Report.Add(
                Findings.BadTolerance, node.Place, "both ends in one unit", "from and to", "dates");
            return null;
        }

        if (from == SpanUnit.Elapsed && !bothInstants)
        {
            scope.Report.Add(
                Findings.ToleranceKind, node.Place, "hours need two instants; use days: 2d", "a date",
                Written(node));
            return null;
        }

        if (from == SpanUnit.BusinessDay && calendar is null)
        {
            if (scope.CalendarsKnown)
            {
                scope.Report.Add(Findings.NoCalendar, node.Place, "name one on the pass: 'calendar: TARGET2'");
            }

            return null;
        }

        return from;
    }

    Tolerance? Compose(Span low, Span high, SpanUnit unit, Node node)
    {
        if (unit == SpanUnit.Elapsed ? low.Elapsed > high.Elapsed : low.Amount > high.Amount)
        {
            scope.Report.Add(
                Findings.EmptyRange, node.Place, "'from' is the smaller one", End(node, "from"),
                End(node, "to"));
            return null;
        }

        return unit == SpanUnit.Elapsed
            ? new ElapsedTolerance(low.Elapsed, high.Elapsed)
            : new DayTolerance(
                (int)low.Amount, (int)high.Amount, unit == SpanUnit.BusinessDay ? calendar : null);
    }

    static string End(Node node, string key) =>
        node is MapNode map && map.Find(key)?.Value is ScalarNode end ? end.Text : Written(node);

    [GeneratedRegex(@"^([+-]?[0-9]{1,9})(d|h|m| business days?)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex SpanText();
}
