// Binds `tie` of a pass.
using Recon.Model.Columns;
using Recon.Model.Rules;
using Recon.Packs.Diagnosing;
using Recon.Packs.Syntax;
using Recon.Packs.Vocabulary;

namespace Recon.Packs.Binding;

/// <param name="sources">Of a join of two: left and right; of three and more: in the order of the leg.</param>
sealed class TieBinder(PackScope scope, IReadOnlyList<BoundSource> sources)
{
    const string Forms = "ask, closest, best, { oldest: FIELD } or { newest: FIELD }";

    public static readonly (string, TieKind)[] Bare =
        [("ask", TieKind.Ask), ("closest", TieKind.Closest), ("best", TieKind.Best)];

    public static readonly (string, bool)[] Unless = [("ambiguous", true)];

    static readonly (string Word, TieKind Kind)[] Sorted =
        [("oldest", TieKind.Oldest), ("newest", TieKind.Newest)];

    public TieRule Bind(Keys keys)
    {
        switch (keys.Find("tie"))
        {
            case ScalarNode word when LaterLanguage.Keys.Contains(word.Text):
                scope.Report.Add(Findings.NotYet, word.Place, Forms, word.Text);
                return Defaults.Tie;
            case ScalarNode word:
                return Words.Choose(word, Bare, scope.Report, out var kind)
                    ? new TieRule(kind)
                    : Defaults.Tie;
            case MapNode map:
                return OfField(map, keys) ?? Defaults.Tie;
            case var other:
                keys.Shape<ScalarNode>(other, Forms);
                return Defaults.Tie;
        }
    }

    TieRule? OfField(MapNode map, Keys pass)
    {
        var keys = new Keys(map, pass.PlaceOf("tie"), PassShapes.Tie, scope.Report);
        if (keys.Has("best") && map.Entries.Count == 1)
        {
            return Best(keys);
        }

        var chosen = Sorted.Where(pair => keys.Has(pair.Word)).ToList();
        if (chosen.Count != 1)
        {
            if (!map.Entries.Any(entry => LaterLanguage.Keys.Contains(entry.Key.Text)))
            {
                scope.Report.Add(Findings.OneOf, map.Place, null, "a tie", "oldest, newest, best");
            }

            return null;
        }

        var fields = keys.Find(chosen[0].Word) switch
        {
            MapNode sides => OfEach(sides, keys.PlaceOf(chosen[0].Word)),
            ScalarNode { Text: "id" } => [.. sources.Select(_ => "id")],
            ScalarNode name => [.. sources.Select(source => Time(source, name))],
            var other => Ignore(keys.Shape<ScalarNode>(other, "a field")),
        };
        return fields.OfType<string>().ToList() is { } all && all.Count == sources.Count ? Ordered(chosen[0].Kind, all) : null;
    }

    static TieRule Ordered(TieKind kind, List<string> fields) => fields is [var left, var right]
        ? new TieRule(kind, left, right)
        : new TieRule(kind) { SideFields = fields };

    TieRule? Best(Keys tie)
    {
        if (tie.Shape<MapNode>(tie.Find("best"), "{ unless: ambiguous }") is not { } map)
        {
            return null;
        }

        var keys = new Keys(map, tie.PlaceOf("best"), PassShapes.Unless, scope.Report);
        keys.Need("unless", "ambiguous");
        return new TieRule(TieKind.Best)
        {
            UnlessAmbiguous = Words.Choose(keys, "unless", Unless, false, scope.Report),
        };
    }

    string?[] OfEach(MapNode map, Model.Place owner)
    {
        var keys = new Keys(map, owner, "a tie", scope.Report, [.. sources.Select(source => source.Name)]);
        var names = sources.Select(source => keys.NeedScalar(source.Name)).ToList();
        return [.. names.Zip(sources, (name, source) => name is null ? null : Time(source, name))];
    }

    static string?[] Ignore(Node? _) => [];

    string? Time(BoundSource source, ScalarNode name) =>
        source.FieldOf(name, scope.Report, "a date or an instant", FieldKind.Date, FieldKind.Instant)?.Name;
}
