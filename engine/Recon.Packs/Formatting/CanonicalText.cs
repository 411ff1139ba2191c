// The bound pack as text: one spelling for each meaning, every default written out.
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Recon.Model.Rules;
using Recon.Packs.Binding;

namespace Recon.Packs.Formatting;

/// <summary>A pack in its own language again: binding the text gives a pack of equal text.</summary>
static class CanonicalText
{
    public static string Of(Pack pack)
    {
        var text = new CanonicalWriter();
        text.Key("recon", "1");
        var owner = Optional("owner", pack.Owner);
        text.Line($"pack: {{ id: {Quoted(pack.Id)}, version: {Quoted(pack.Version)}{owner} }}");
        text.Section("params", pack.Parameters, parameter =>
        {
            var kind = FieldBinder.Name(parameter.Kind);
            text.Line($"{parameter.Name}: {{ type: {kind}, default: {Quoted(parameter.Value)} }}");
        });
        CanonicalSchedule.Write(text, pack);
        text.Section("sources", pack.Sources, source => CanonicalSource.Write(text, source));
        text.Section("trust", pack.Trust, rule => WriteTrust(text, rule));
        text.Section("passes", pack.Passes, pass => CanonicalPass.Write(text, pass));
        text.Section("classify", pack.Classes, rule => WriteClass(text, rule));
        text.Section("resolve", pack.Resolutions, resolution => WriteResolution(text, resolution));
        CanonicalLimit.Write(text, pack.Breaker);
        WriteExposure(text, pack.Exposure);
        WriteGates(text, pack.Gates);
        // They are files of their own, and what they say is part of what the pack says.
        foreach (var helper in pack.Helpers.OrderBy(helper => helper.Path, StringComparer.Ordinal))
        {
            text.Line($"# helper {helper.Path} {Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(helper.Text.Trim())))}");
        }

        return text.ToString();
    }

    /// <summary>As <see cref="Of"/>, without what only says when a pack runs and how it may be changed.</summary>
    public static string Deciding(Pack pack) => Of(pack with
    {
        Schedule = null,
        Gates = null,
        Sources = [.. pack.Sources.Select(source => source with { Read = source.Read with { Wait = null } })],
    });

    /// <summary>In double quotes, with the escapes of JSON, which YAML shares.</summary>
    public static string Quoted(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var c in text)
        {
            quoted.Append(c switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\n' => "\\n",
                '\t' => "\\t",
                _ => c.ToString(),
            });
        }

        return quoted.Append('"').ToString();
    }

    public static string Optional(string key, string? value) =>
        value is null ? "" : $", {key}: {Quoted(value)}";

    public static string Word(bool value) => value ? "true" : "false";

    // What is usual is left out: the text of packs that do not speak of it is what it was before they could.
    public static void WriteExposure(CanonicalWriter text, ExposureSpec exposure)
    {
        if (!exposure.IsUsual)
        {
            var by = string.Join(", ", exposure.By.Select(ExposureBinder.Name).Prepend("currency"));
            var ages = exposure.By.Contains(ExposureDimension.Age) ? $", ages: [{string.Join(", ", exposure.Ages)}]" : "";
            text.Line($"exposure: {{ by: [{by}]{ages} }}");
        }
    }

    static string Approval(ApprovalStep step) =>
        $"{{ {(step.Over is { } over ? $"over: {over}, " : "")}people: {step.People.ToString(CultureInfo.InvariantCulture)} }}";

    public static void WriteGates(CanonicalWriter text, GateSpec? gates)
    {
        if (gates is null)
        {
            return;
        }

        text.Line("gates:");
        text.Indented(() =>
        {
            string?[] posts =
            [
                gates.PostsAdded is int added ? string.Create(CultureInfo.InvariantCulture, $"added: {added}") : null,
                gates.PostsValue is { } value ? $"value: {value}" : null,
            ];
            if (gates is not { PostsAdded: null, PostsValue: null })
            {
                text.Line($"auto_posts: {{ {string.Join(", ", posts.OfType<string>())} }}");
            }

            if (gates.MatchesLost is int lost)
            {
                text.Key("matches_lost", lost.ToString(CultureInfo.InvariantCulture));
            }
        });
    }

    public static void WriteTrust(CanonicalWriter text, TrustSpec rule)
    {
        var trusted = rule.Sources.Select(from => $"{from.Source}.{from.Field}");
        text.Line($"{rule.Field}: [{string.Join(", ", trusted)}]");
    }

    public static void WriteClass(CanonicalWriter text, ClassSpec rule)
    {
        text.Item("id", Quoted(rule.Id));
        text.Indented(() =>
        {
            text.Key("status", ClassBinder.Name(rule.Status));
            text.Line(rule.On switch
            {
                BreakCondition.MatchOf match => $"on: {{ match: {Quoted(match.Pass)} }}",
                BreakCondition.OpenOf { Toward: null } open => $"on: {{ open: {open.Source} }}",
                BreakCondition.OpenOf open => $"on: {{ open: {open.Source}, toward: {open.Toward} }}",
                BreakCondition.MissingOf missing => $"on: {{ missing: {missing.Source}, in: {Quoted(missing.Pass)} }}",
                BreakCondition.AmbiguousOf ambiguous => $"on: {{ ambiguous: {Quoted(ambiguous.Pass)} }}",
                _ => "otherwise: true",
            });
            text.Code("when", rule.When);
            if (rule.Until is { } until)
            {
                var days = until.Calendar is null ? "days" : "business_days";
                text.Line(
                    $"until: {{ {days}: {until.Days}{Optional("calendar", until.Calendar)}"
                    + Optional("from", until.From)
                    + $", then: {Quoted(until.Then)} }}");
            }
        });
    }

    public static void WriteResolution(CanonicalWriter text, ResolutionSpec resolution)
    {
        text.Item("for", Quoted(resolution.For));
        text.Indented(() =>
        {
            text.Key("tier", ResolutionBinder.Name(resolution.Tier));
            if (!resolution.Limit.IsNone)
            {
                text.Line($"limit: {{ {CanonicalLimit.Of(resolution.Limit)} }}");
            }

            if (resolution.Post is { } post)
            {
                text.Line(
                    $"post: {{ to: {post.To}, debit: {Quoted(post.Debit)}, credit: {Quoted(post.Credit)}"
                    + $", amount: {post.AmountText} }}");
            }

            if (resolution.Once.Count > 0)
            {
                text.Line($"once: [{string.Join(", ", resolution.Once.Select(value => value.Text))}]");
            }

            if (resolution.Approvals.Steps.Count > 0)
            {
                text.Line($"approvals: [{string.Join(", ", resolution.Approvals.Steps.Select(Approval))}]");
            }

            if (resolution.Assign is { } assign)
            {
                text.Key("assign", Quoted(assign));
            }
        });
    }
}
