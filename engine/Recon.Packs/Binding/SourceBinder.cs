// Binds the section `sources`.
using Recon.Model.Columns;
using Recon.Model.Rules;
using Recon.Packs.Diagnosing;
using Recon.Packs.Syntax;
using Recon.Packs.Vocabulary;

namespace Recon.Packs.Binding;

/// <summary>Each source in the order of the pack: how it is read, what its fields are, which rows count.</summary>
sealed class SourceBinder(PackScope scope)
{
    public static readonly (string, SourceRole)[] Roles =
    [
        ("books", SourceRole.Books), ("external", SourceRole.External), (
            "independent", SourceRole.Independent),
    ];

    public static string Name(SourceRole role) => Roles.First(pair => pair.Item2 == role).Item1;

    public void Bind(MapNode section)
    {
        foreach (var entry in section.Entries)
        {
            var named = Names.CheckIdentifier(entry.Key, "a source", scope.Report);
            if (named && entry.Key.Text == "pack")
            {
                scope.Report.Add(
                    Findings.ReservedName, entry.Key.Place, null, "pack",
                    "it is the pack itself, as in pack.id");
            }

            if (entry.Value is MapNode map)
            {
                BindSource(entry.Key, map);
            }
            else if (entry.Value is not LostNode)
            {
                scope.Report.Add(
                    Findings.WrongShape, entry.Value.Place, "role, read, id and fields", "a mapping");
            }
        }
    }

    void BindSource(ScalarNode name, MapNode map)
    {
        var keys = new Keys(map, name.Place, SourceShapes.Source, scope.Report);
        var role = SourceRole.External;
        var roleKnown = keys.NeedScalar("role", "books, external or independent") is { } word
            && Words.Choose(word, Roles, scope.Report, out role);
        scope.CalendarsKnown &= !keys.IsMisspelt("calendar");
        var read = new ReadBinder(scope).Bind(keys);
        var zone = scope.Zone(keys.Scalar("zone")) ?? Defaults.Zone;
        var fields = new FieldBinder(scope, name.Text, read).Bind(keys);
        var source = new SourceSpec(
            name.Text, scope.Sources.Count, role, read.Spec, null, null, null, fields.Specs, zone,
            scope.Calendar(keys.Scalar("calendar")), scope.Rule(
                keys.Find("where"), $"sources.{name.Text}.where"), []);
        var bound = new BoundSource(source, fields.Known, fields.Doubtful, fields.Unspeakable, name.Place)
        {
            RoleKnown = roleKnown,
        };
        source = source with
        {
            Id = Id(keys, bound),
            Value = Value(keys, bound),
            Counterparty = keys.Scalar("counterparty") is { } counterparty
                ? bound.FieldOf(counterparty, scope.Report, "text", FieldKind.Text)?.Name
                : null,
            PostingKey = PostingKey(keys, bound, roleKnown),
            BackWithin = new BackBinder(scope).Bind(keys, source.Calendar),
            Controls = new ControlBinder(scope, bound, read).Bind(keys.List("controls")),
        };
        scope.Sources.Add(bound with { Spec = source });
        AddRules(scope.Sources[^1]);
    }

    string? Id(Keys keys, BoundSource source)
    {
        if (keys.NeedScalar("id", "the field of the business key, or auto") is not { Text: not "auto" } name)
        {
            return null;
        }

        var field = source.FieldOf(name, scope.Report, "text (ids are compared as written)", FieldKind.Text);
        if (field is { Optional: true, Derived: null } && !source.Doubtful.Contains(field.Name))
        {
            scope.Report.Add(
                Findings.OptionalId, name.Place, $"write '{field.Name}: text', or 'id: auto'", field.Name);
        }

        return field?.Name;
    }

    string? Value(Keys keys, BoundSource source)
    {
        if (keys.Scalar("value") is { } name)
        {
            return source.FieldOf(name, scope.Report, "money", FieldKind.Money)?.Name;
        }

        var money = source.Spec.Fields.Where(field => field is { Kind: FieldKind.Money, Derived: null })
            .Select(field => field.Name).ToList();
        if (money.Count > 1 && !keys.Has("value"))
        {
            scope.Report.Add(
                Findings.ValueNeeded, source.Place, $"value: {money[0]}", source.Name,
                string.Join(", ", money));
        }

        return money.FirstOrDefault();
    }

    string? PostingKey(Keys keys, BoundSource source, bool roleKnown)
    {
        if (roleKnown && source.Spec.Role != SourceRole.Books)
        {
            keys.RefuseIfPresent("posting_key", "only a source of role books receives postings");
            return null;
        }

        return keys.Scalar("posting_key") is { } name
            ? source.FieldOf(name, scope.Report, "text", FieldKind.Text)?.Name
            : null;
    }

    void AddRules(BoundSource source)
    {
        foreach (var field in source.Spec.Fields.Where(field => !source.Doubtful.Contains(field.Name)))
        {
            if (field.Derived is { Text.Length: > 0 } derived && source.CanCompile(derived))
            {
                scope.Rules.Add(new RuleToCompile(derived, new RuleShape.OfField(source.Spec, field)));
            }
        }

        if (source.Spec.Where is { } where && source.CanCompile(where))
        {
            scope.Rules.Add(new RuleToCompile(where, new RuleShape.OfRecord(source.Spec)));
        }
    }
}
