// Binds `tie` of a pass.
using Recon.Model.Columns;
using Recon.Model.Rules;
using Recon.Packs.Diagnosing;
using Recon.Packs.Syntax;

namespace Recon.Packs.Binding;

sealed class TieBinder(PackScope scope, BoundSource left, BoundSource right)
{
    const string Forms = "ask, closest, best, { oldest: FIELD } or { newest: FIELD }";

    static readonly (string, TieKind)[] Bare =
        [("ask", TieKind.Ask), ("closest", TieKind.Closest), ("best", TieKind.Best)];

    static readonly (string, bool)[] Unless = [("ambiguous", true)];

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
        var keys = new Keys(map, pass.PlaceOf("tie"), "a tie", scope.Report, "oldest", "newest", "best");
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
            MapNode sides => OfTwo(sides, keys.PlaceOf(chosen[0].Word)),
            ScalarNode { Text: "id" } => ("id", "id"),
            ScalarNode name => (Time(left, name), Time(right, name)),
            var other => Ignore(keys.Shape<ScalarNode>(other, "a field")),
        };
        return fields is (string first, string second) ? new TieRule(chosen[0].Kind, first, second) : null;
    }

    TieRule? Best(Keys tie)
    {
        if (tie.Shape<MapNode>(tie.Find("best"), "{ unless: ambiguous }") is not { } map)
        {
            return null;
        }

        var keys = new Keys(map, tie.PlaceOf("best"), "best", scope.Report, "unless");
        keys.Need("unless", "ambiguous");
        return new TieRule(TieKind.Best)
        {
            UnlessAmbiguous = Words.Choose(keys, "unless", Unless, false, scope.Report),
        };
    }

    (string?, string?) OfTwo(MapNode map, Model.Place owner)
    {
        var keys = new Keys(map, owner, "a tie", scope.Report, left.Name, right.Name);
        var (first, second) = (keys.NeedScalar(left.Name), keys.NeedScalar(right.Name));
        return (first is null ? null : Time(left, first), second is null ? null : Time(right, second));
    }

    static (string?, string?) Ignore(Node? _) => (null, null);

    string? Time(BoundSource source, ScalarNode name) =>
        source.FieldOf(name, scope.Report, "a date or an instant", FieldKind.Date, FieldKind.Instant)?.Name;
}
