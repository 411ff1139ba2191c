// Writes a pass as canonical text.
using System.Globalization;
using Recon.Model.Columns;
using Recon.Model.Rules;
using Recon.Packs.Binding;

namespace Recon.Packs.Formatting;

/// <summary>A pass in canonical text.</summary>
static class CanonicalPass
{
    public static void Write(CanonicalWriter text, PassSpec pass)
    {
        text.Item("id", CanonicalText.Quoted(pass.Id));
        text.Indented(() =>
        {
            if (pass.IsOfOneSource)
            {
                WriteOneSource(text, pass);
                return;
            }

            text.Key("join", $"{pass.Left.Name} {PassBinder.Name(pass.Cardinality)} {pass.Right.Name}");
            text.Section("key", pass.Key, pair =>
                text.Line(
                    $"- {{ {pass.Left.Name}: {pair.LeftField}, {pass.Right.Name}: {pair.RightField} }}"));
            WriteNulls(text, pass);
            WriteComparisons(text, pass);
            text.Key("tie", Tie(pass));
            text.Key("hold", CanonicalText.Word(pass.Hold));
            WriteEnd(text, pass);
        });
    }

    static void WriteOneSource(CanonicalWriter text, PassSpec pass)
    {
        text.Key("dedupe", pass.Left.Name);
        text.Section("key", pass.Key, pair => text.Line($"- {pair.LeftField}"));
        WriteNulls(text, pass);
        WriteWithin(text, pass);
        var order = pass.Tie.Kind == TieKind.Oldest ? "oldest" : "newest";
        text.Key("keep", $"{{ {order}: {pass.Tie.LeftField} }}");
        WriteEnd(text, pass);
    }

    static void WriteNulls(CanonicalWriter text, PassSpec pass)
    {
        if (pass.Key.Any(pair => pair.NullsEqual))
        {
            text.Key("nulls", "equal");
        }
    }

    static void WriteEnd(CanonicalWriter text, PassSpec pass)
    {
        if (PassBinder.IsAmountOnly(pass))
        {
            text.Key("allow_amount_only", CanonicalText.Quoted("allowed"));
        }

        text.Code("when", pass.When);
    }

    static void WriteComparisons(CanonicalWriter text, PassSpec pass)
    {
        text.Section("compare", [.. pass.Comparisons.Where(pair => pair.Tolerance is null)], pair =>
        {
            var middle = pair.Name.IndexOf(" ~ ", StringComparison.Ordinal);
            text.Line($"{CanonicalText.Quoted(pair.Name[..middle])}: {pair.Name[(middle + 3)..]}");
        });
        WriteWithin(text, pass);
    }

    static void WriteWithin(CanonicalWriter text, PassSpec pass)
    {
        text.Section("within", [.. pass.Comparisons.Where(pair => pair.Tolerance is not null)], pair =>
            text.Line($"{CanonicalText.Quoted(pair.Name)}: {Tolerance(pair)}"));
        var calendar = pass.Comparisons.Select(pair => (pair.Tolerance as DayTolerance)?.Calendar)
            .FirstOrDefault(name => name is not null);
        if (calendar is not null)
        {
            text.Key("calendar", CanonicalText.Quoted(calendar));
        }
    }

    static string Tolerance(Comparison pair) => pair.Tolerance switch
    {
        AmountTolerance amount =>
            $"{{ under: {Bound(pair.Left.Kind, amount, amount.Under)}, over: {Bound(pair.Left.Kind, amount, amount.Over)} }}",
        DayTolerance days => $"{{ from: {Days(days, days.From)}, to: {Days(days, days.To)} }}",
        ElapsedTolerance elapsed => $"{{ from: {Minutes(elapsed.From)}, to: {Minutes(elapsed.To)} }}",
        _ => "",
    };

    static string Bound(FieldKind kind, AmountTolerance tolerance, Model.ExactNumber bound) =>
        tolerance.Currency is { } currency ? $"{bound} {currency}"
        : kind == FieldKind.Money && !bound.IsZero ? $"{bound} {Literals.AnyCurrency}" : $"{bound}";

    static string Days(DayTolerance tolerance, int days) => string.Create(
        CultureInfo.InvariantCulture, $"{days}{(tolerance.Calendar is null ? "d" : " business days")}");

    static string Minutes(TimeSpan span) =>
        string.Create(CultureInfo.InvariantCulture, $"{(long)span.TotalMinutes}m");

    static string Tie(PassSpec pass) => pass.Tie.Kind switch
    {
        TieKind.Ask => "ask",
        TieKind.Closest => "closest",
        _ => $"{{ {(pass.Tie.Kind == TieKind.Oldest ? "oldest" : "newest")}: {TieField(pass)} }}",
    };

    static string TieField(PassSpec pass) => pass.Tie.LeftField == "id"
        ? "id" : $"{{ {pass.Left.Name}: {pass.Tie.LeftField}, {pass.Right.Name}: {pass.Tie.RightField} }}";
}
