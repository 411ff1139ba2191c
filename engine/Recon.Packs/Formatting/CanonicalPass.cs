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

            if (pass.IsOfSeveral)
            {
                WriteSeveral(text, pass);
                return;
            }

            text.Key("join", $"{pass.Left.Name} {PassBinder.Name(pass.Cardinality)} {pass.Right.Name}");
            text.Section("key", pass.Key, pair =>
                text.Line(
                    $"- {{ {pass.Left.Name}: {pair.LeftField}, {pass.Right.Name}: {pair.RightField} }}"));
            WriteNulls(text, pass);
            WriteComparisons(text, pass);
            WriteGroups(text, pass);
            text.Key("tie", Tie(pass));
            text.Key("hold", CanonicalText.Word(pass.Hold));
            if (pass.Partial is { } most)
            {
                text.Key("partial", string.Create(CultureInfo.InvariantCulture, $"{{ max: {most} }}"));
            }

            if (pass.IsPushedDown)
            {
                text.Key("push_down", CanonicalText.Word(value: true));
            }

            WriteEnd(text, pass);
        });
    }

    static void WriteGroups(CanonicalWriter text, PassSpec pass)
    {
        if (pass.Search is not { } search)
        {
            if (pass.Size != GroupSize.Any)
            {
                text.Key("size", Size(pass.Size));
            }

            return;
        }

        text.Key("search", string.Create(
            CultureInfo.InvariantCulture,
            $"{{ size: {Size(pass.Size)}, candidates: {search.Candidates}, steps: {search.Steps}, answers: {search.Answers} }}"));
        if (search.PreferSingle)
        {
            text.Key("prefer", "single");
        }
    }

    static string Size(GroupSize size) =>
        string.Create(CultureInfo.InvariantCulture, $"{{ from: {size.Fewest}, to: {size.Most} }}");

    static void WriteSeveral(CanonicalWriter text, PassSpec pass)
    {
        // Of two sources the one that the join names first stands left.
        var sources = pass.Leg.Sources.OrderByDescending(source => pass.Pairs.Count(pair => pair.Left.Name == source.Name)).ToList();
        text.Key("join", $"[{string.Join(", ", sources.Select(source => source.Name))}]");
        text.Section("key", [.. Enumerable.Range(0, pass.Pairs[0].Key.Count)], part =>
            text.Line($"- {{ {string.Join(", ", sources.Select(source => $"{source.Name}: {KeyField(pass, source, part)}"))} }}"));
        if (pass.Pairs[0].Key.Any(pair => pair.NullsEqual))
        {
            text.Key("nulls", "equal");
        }

        WriteComparisons(text, pass);
        text.Key("tie", Tie(pass));
        text.Key("hold", CanonicalText.Word(pass.Hold));
        WriteEnd(text, pass);
    }

    static string KeyField(PassSpec pass, SourceSpec source, int part)
    {
        var pair = pass.PartsOf(source).First();
        return pair.Left.Name == source.Name ? pair.Key[part].LeftField : pair.Key[part].RightField;
    }

    static void WriteOneSource(CanonicalWriter text, PassSpec pass)
    {
        if (pass.IsNet)
        {
            WriteNet(text, pass);
            return;
        }

        text.Key("dedupe", pass.Left.Name);
        text.Section("key", pass.Key, pair => text.Line($"- {pair.LeftField}"));
        WriteNulls(text, pass);
        WriteWithin(text, pass);
        var order = pass.Tie.Kind == TieKind.Oldest ? "oldest" : "newest";
        text.Key("keep", $"{{ {order}: {pass.Tie.LeftField} }}");
        WriteEnd(text, pass);
    }

    static void WriteNet(CanonicalWriter text, PassSpec pass)
    {
        text.Key("net", pass.Kind == PassKind.NetGroup ? $"{pass.Left.Name} {NetPassBinder.AllOfKey}" : pass.Left.Name);
        text.Section("key", pass.Key, pair => text.Line(pair.LeftField == pair.RightField
            ? $"- {pair.LeftField}"
            : $"- {{ {NetPassBinder.Original}: {pair.LeftField}, {NetPassBinder.Reversal}: {pair.RightField} }}"));
        WriteNulls(text, pass);
        WriteWithin(text, pass);
        if (pass.Kind == PassKind.Net)
        {
            text.Key("tie", Tie(pass));
            text.Key("hold", CanonicalText.Word(pass.Hold));
        }

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
            text.Line($"{CanonicalText.Quoted(NameOf(pass, pair))}: {Tolerance(PartOf(pass, pair), pair)}"));
        var calendar = pass.Comparisons.Select(pair => (pair.Tolerance as DayTolerance)?.Calendar)
            .FirstOrDefault(name => name is not null);
        if (calendar is not null)
        {
            text.Key("calendar", CanonicalText.Quoted(calendar));
        }
    }

    static PassSpec PartOf(PassSpec pass, Comparison comparison) =>
        pass.Pairs.FirstOrDefault(pair => pair.Comparisons.Contains(comparison)) ?? pass;

    static string NameOf(PassSpec pass, Comparison pair) =>
        pass.IsOfOneSource ? OperandBinder.Text(pair.Left.Terms) : pair.Name;

    static string Tolerance(PassSpec pass, Comparison pair) => pair.Tolerance switch
    {
        AmountTolerance amount =>
            $"{{ under: {Bound(pair.Left.Kind, amount, amount.Under)}, over: {Bound(pair.Left.Kind, amount, amount.Over)}{Base(amount)}{Rates(amount)} }}",
        DayTolerance days => $"{{ from: {Days(days, days.From)}, to: {Days(days, days.To)} }}",
        ElapsedTolerance elapsed => $"{{ from: {Minutes(elapsed.From)}, to: {Minutes(elapsed.To)} }}",
        ContainsTolerance contains => TextToleranceBinder.Word(contains),
        PatternTolerance pattern =>
            $"{{ matches: {CanonicalText.Quoted(pattern.Pattern)}, of: {TextToleranceBinder.Word(pattern.Of)} }}",
        SimilarityTolerance similarity =>
            $"{{ {TextToleranceBinder.Word(similarity.Metric)}: {new Model.ExactNumber(similarity.Threshold, 6).Trimmed()}, "
            + $"block: {Blocks(pass, similarity)} }}",
        _ => "",
    };

    static string Blocks(PassSpec pass, SimilarityTolerance similarity) => similarity.Blocks.Count == 0
        ? "none"
        : $"[{string.Join(", ", similarity.Blocks.Select(block => Block(pass, block)))}]";

    static string Block(PassSpec pass, TextBlock block) => block switch
    {
        TextBlock.Start start => $"{{ first: {start.Characters} }}",
        TextBlock.Field field =>
            $"{{ field: {{ {pass.Left.Name}: {field.Left}, {pass.Right.Name}: {field.Right} }} }}",
        _ => "token",
    };

    static string Bound(FieldKind kind, AmountTolerance tolerance, AmountBound bound) => (bound.Percent, bound.Amount) switch
    {
        ({ } percent, { } most) => $"{percent}% max {Amount(kind, tolerance, most)}",
        ({ } percent, null) => $"{percent}%",
        _ => Amount(kind, tolerance, bound.Amount!.Value),
    };

    static string Amount(FieldKind kind, AmountTolerance tolerance, Model.ExactNumber amount) =>
        tolerance.Currency is { } currency ? $"{amount} {currency}"
        : kind == FieldKind.Money && !amount.IsZero ? $"{amount} {Literals.AnyCurrency}" : $"{amount}";

    static string Base(AmountTolerance tolerance) =>
        tolerance.Base is { } named ? $", of: {AmountToleranceBinder.Word(named)}" : "";

    static string Rates(AmountTolerance tolerance) => tolerance.Fx is { } fx
        ? string.Create(
            CultureInfo.InvariantCulture,
            $", fx: {{ rates: {CanonicalText.Quoted(fx.Rates)}, date: {fx.DateSource}.{fx.DateField}, to: {fx.To}, max_age: {fx.MaxAge}d }}")
        : "";

    static string Days(DayTolerance tolerance, int days) => string.Create(
        CultureInfo.InvariantCulture, $"{days}{(tolerance.Calendar is null ? "d" : " business days")}");

    static string Minutes(TimeSpan span) =>
        string.Create(CultureInfo.InvariantCulture, $"{(long)span.TotalMinutes}m");

    static string Tie(PassSpec pass) => pass.Tie.Kind switch
    {
        TieKind.Ask => "ask",
        TieKind.Closest => "closest",
        TieKind.Best => pass.Tie.UnlessAmbiguous ? "{ best: { unless: ambiguous } }" : "best",
        _ => $"{{ {(pass.Tie.Kind == TieKind.Oldest ? "oldest" : "newest")}: {TieField(pass)} }}",
    };

    static string TieField(PassSpec pass)
    {
        if (pass.IsOfSeveral)
        {
            return pass.Tie.SideFields.All(field => field == "id")
                ? "id"
                : $"{{ {string.Join(", ", pass.Leg.Names.Zip(pass.Tie.SideFields, (source, field) => $"{source}: {field}"))} }}";
        }

        return pass.Tie.LeftField == "id" || pass.IsOfOneSource
            ? pass.Tie.LeftField!
            : $"{{ {pass.Left.Name}: {pass.Tie.LeftField}, {pass.Right.Name}: {pass.Tie.RightField} }}";
    }
}
