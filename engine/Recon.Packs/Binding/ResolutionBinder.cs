// Binds the section `resolve`.
using Recon.Model;
using Recon.Model.Columns;
using Recon.Model.Rules;
using Recon.Packs.Diagnosing;
using Recon.Packs.Syntax;
using Recon.Packs.Vocabulary;

namespace Recon.Packs.Binding;

sealed class ResolutionBinder(PackScope scope, IReadOnlyList<BoundClass> classes)
{
    public static readonly (string, Tier)[] Tiers =
    [
        ("auto", Tier.Auto), ("auto-flag", Tier.AutoFlag), ("escalate", Tier.Escalate),
        ("manual", Tier.Manual),
    ];

    readonly List<ResolutionSpec> _resolutions = [];

    public static string Name(Tier tier) => Tiers.First(pair => pair.Item2 == tier).Item1;

    public List<ResolutionSpec> Bind(Keys root)
    {
        foreach (var map in PassBinder.Entries(root, "resolve", scope.Report))
        {
            BindResolution(map);
        }

        CheckEveryGraveClass();
        return _resolutions;
    }

    void BindResolution(MapNode map)
    {
        var keys = new Keys(map, map.Place, ClassShapes.Resolution, scope.Report);
        var name = keys.NeedScalar("for", "the class it is about");
        var rule = name is null ? null : Class(name);
        _ = keys.NeedScalar("tier", "auto, auto-flag, escalate or manual");
        var tier = Words.Choose(keys, "tier", Tiers, Tier.Manual, scope.Report);
        var post = keys.Map("post") is { } posting ? Post(posting, keys, rule) : null;
        var once = Once(keys, rule);
        RefuseLimitInVain(keys);
        var posted = (post?.Amount ?? []).Select(term => scope.Sources.Find(source => source.Name == term.Source)!.Find(term.Field)!);
        var limit = new LimitBinder(scope).Bind(keys, [.. posted], node => Value(node, rule));
        _resolutions.Add(new ResolutionSpec(
            name?.Text ?? "", _resolutions.Count, tier, limit, post, once,
            scope.Text(keys.Scalar("assign")), name?.Place ?? map.Place)
        {
            Approvals = new ApprovalBinder(scope).Bind(keys, [.. posted]),
        });
    }

    BoundClass? Class(ScalarNode name)
    {
        var rule = classes.FirstOrDefault(known => known.Spec.Id == name.Text);
        if (rule is null && classes.Count > 0)
        {
            scope.Report.Add(
                Findings.UnknownClass, name.Place,
                NearestName.Hint(name.Text, classes.Select(known => known.Spec.Id)), name.Text);
        }

        if (_resolutions.Exists(known => known.For == name.Text))
        {
            scope.Report.Add(
                Findings.DuplicateName, name.Place, "one class, one resolution", "resolutions for",
                name.Text);
        }

        return rule;
    }

    static void RefuseLimitInVain(Keys keys)
    {
        if (!keys.Has("post"))
        {
            keys.RefuseIfPresent("limit", "nothing is posted");
        }
        else if (keys.Scalar("tier") is { Text: "escalate" or "manual" } tier)
        {
            keys.RefuseIfPresent("limit", $"tier {tier.Text} posts nothing without a person");
        }
    }

    PostSpec? Post(MapNode map, Keys owner, BoundClass? rule)
    {
        var keys = new Keys(map, owner.PlaceOf("post"), ClassShapes.Posting, scope.Report);
        var to = keys.NeedScalar("to", "the source of role books that receives it");
        CheckTarget(to);
        var (debit, credit) = (Account(keys, "debit"), Account(keys, "credit"));
        if (debit is not null && debit == credit)
        {
            scope.Report.Add(
                Findings.SameAccounts, keys.PlaceOf("credit"),
                "a double entry moves an amount from one account to another", debit);
        }

        if (!owner.Has("once"))
        {
            scope.Report.Add(Findings.PostWithoutOnce, keys.Owner, "once: [pack.id, ledger.entry_id]");
        }

        var amount = keys.NeedScalar("amount", "provider.gross - ledger.amount");
        var terms = amount is null ? null : Amount(amount, rule);
        return to is null || debit is null || credit is null || terms is null
            ? null
            : new PostSpec(to.Text, debit, credit, terms, OperandBinder.Text(terms));
    }

    void CheckTarget(ScalarNode? to)
    {
        if (to is not null && scope.Source(to.Text, to.Place) is { RoleKnown: true, Spec.Role: not SourceRole.Books } target)
        {
            var books = scope.Sources.Where(source => source.Spec.Role == SourceRole.Books)
                .Select(source => source.Name);
            scope.Report.Add(
                Findings.NotBooks, to.Place, NearestName.Hint(to.Text, books), to.Text,
                SourceBinder.Name(target.Spec.Role));
        }
    }

    string? Account(Keys keys, string key) => scope.Text(keys.NeedScalar(key, "an account, in quotes"));

    List<Term>? Amount(ScalarNode node, BoundClass? rule)
    {
        if (SmallSum.Parse(node, 0, node.Text.Length, scope.Report) is not { } written)
        {
            return null;
        }

        var terms = new List<Term>();
        foreach (var term in written)
        {
            var place = node.PlaceOf(term.Offset, term.Length);
            if (SourceOf(term, place, rule) is not { } source
                || source.Field(term.Field, place, scope.Report, out var certain) is not { } field
                || !certain)
            {
                return null;
            }

            if (field.Kind != FieldKind.Money)
            {
                scope.Report.Add(
                    Findings.WrongKind, place, null, $"'{term.Name}'", Literals.Name(field.Kind), "money");
                return null;
            }

            terms.Add(new Term(term.Minus, source.Name, field.Name));
        }

        return terms;
    }

    /// <summary>The source of a term: as written, or the only one of the break that has the field.</summary>
    BoundSource? SourceOf(SumTerm term, Place place, BoundClass? rule)
    {
        if (term.Source is not null)
        {
            return scope.Source(term.Source, place) is { } source && IsInBreak(source, place, rule)
                ? source
                : null;
        }

        var owners = (rule?.Sources ?? scope.Sources)
            .Where(source => source.Find(term.Field) is not null).ToList();
        if (owners.Count == 1)
        {
            return owners[0];
        }

        if (owners.Count > 1)
        {
            var names = owners.Select(source => $"{source.Name}.{term.Field}").ToList();
            scope.Report.Add(
                Findings.AmbiguousField, place, $"write {names[0]}", term.Field, string.Join(" or ", names));
        }
        else if (scope.Sources.All(source => source.FieldsKnown))
        {
            var known = scope.Sources.SelectMany(source => source.Spec.Fields).Select(field => field.Name);
            scope.Report.Add(
                Findings.UnknownField, place, NearestName.Hint(term.Field, known), term.Field, "the break");
        }

        return null;
    }

    bool IsInBreak(BoundSource source, Place place, BoundClass? rule)
    {
        var inside = rule?.Sources is not { } sources || sources.Any(known => known.Name == source.Name);
        if (!inside)
        {
            var names = rule!.Sources!.Select(known => known.Name);
            scope.Report.Add(
                Findings.OutsideBreak, place, $"it has records of {string.Join(" and ", names)}",
                rule.Spec.Id, source.Name);
        }

        return inside;
    }

    List<OnceValue> Once(Keys keys, BoundClass? rule)
    {
        var once = new List<OnceValue>();
        var nodes = keys.OneOrMore("once");
        foreach (var item in nodes)
        {
            if (keys.Shape<ScalarNode>(item, "pack.id or source.field") is not { } node)
            {
                continue;
            }

            if (node.Text == "pack.id")
            {
                once.Add(new OnceValue(node.Text, null, null));
            }
            else if (Value(node, rule) is { } value)
            {
                once.Add(value);
            }
        }

        if (keys.Has("once") && once.Count == nodes.Count && once.TrueForAll(value => value.Source is null))
        {
            scope.Report.Add(Findings.OnceTooWide, keys.PlaceOf("once"), "once: [pack.id, ledger.entry_id]");
        }

        return once;
    }

    /// <summary>A field of a record of the break; null, reported, where there is none.</summary>
    OnceValue? Value(ScalarNode node, BoundClass? rule) =>
        FieldPath.Bind(node, scope) is var (source, field) && IsInBreak(source, node.Place, rule)
            ? new OnceValue(node.Text, source.Name, field.Name)
            : null;

    /// <summary>A misspelt 'for' may be meant for any of them: then nobody is accused.</summary>
    void CheckEveryGraveClass()
    {
        if (!_resolutions.TrueForAll(known => classes.Any(rule => rule.Spec.Id == known.For)))
        {
            return;
        }

        foreach (var rule in classes.Where(rule => rule.Certain))
        {
            var grave = rule.Spec.Status is Status.Suspicious or Status.Disputed or Status.Loss;
            if (grave && !_resolutions.Exists(known => known.For == rule.Spec.Id))
            {
                scope.Report.Add(
                    Findings.NoResolution, rule.Spec.Place,
                    $"resolve: [ {{ for: {rule.Spec.Id}, tier: manual, assign: … }} ]", rule.Spec.Id,
                    ClassBinder.Name(rule.Spec.Status));
            }
        }
    }
}
