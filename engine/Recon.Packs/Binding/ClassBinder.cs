// Binds the section `classify`.
using Recon.Model;
using Recon.Model.Columns;
using Recon.Model.Rules;
using Recon.Packs.Diagnosing;
using Recon.Packs.Syntax;
using Recon.Packs.Vocabulary;

namespace Recon.Packs.Binding;

/// <summary>A class and the mapping it was read from.</summary>
/// <param name="Sources">Sources that a break of the class may have records of; null: any.</param>
/// <param name="ThenPlace">Where <c>until.then</c> stands.</param>
sealed record BoundClass(
    ClassSpec Spec, Keys Keys, bool Certain, IReadOnlyList<BoundSource>? Sources, Place ThenPlace);

sealed class ClassBinder(PackScope scope)
{
    public static readonly (string, Status)[] Statuses =
    [
        ("settled", Status.Settled), ("expected", Status.Expected), ("suspicious", Status.Suspicious),
        ("disputed", Status.Disputed), ("loss", Status.Loss),
    ];

    readonly List<BoundClass> _classes = [];

    public static string Name(Status status) => Statuses.First(pair => pair.Item2 == status).Item1;

    public List<BoundClass> Bind(Keys root)
    {
        foreach (var map in PassBinder.Entries(root, "classify", scope.Report))
        {
            BindClass(map);
        }

        if (root.List("classify") is not null)
        {
            new ClassChecks(scope.Report, _classes).Check(root.PlaceOf("classify"));
        }

        return _classes;
    }

    void BindClass(MapNode map)
    {
        var keys = new Keys(map, map.Place, ClassShapes.Class, scope.Report);
        var id = keys.NeedScalar("id", "the name by which results speak of it");
        CheckId(id);
        var statusNode = keys.NeedScalar("status", "settled, expected, suspicious, disputed or loss");
        var status = Words.Choose(keys, "status", Statuses, Status.Suspicious, scope.Report);
        var (condition, sources, certain) = Condition(keys);
        var path = $"classify.{id?.Text}.when";
        var spec = new ClassSpec(
            id?.Text ?? "", _classes.Count, status, condition, scope.Rule(keys.Find("when"), path),
            Until(keys, condition, sources),
            id?.Place ?? map.Place);
        var then = (keys.Find("until") as MapNode)?.Find("then")?.Value.Place;
        _classes.Add(
            new BoundClass(spec, keys, certain && statusNode is not null, sources, then ?? spec.Place));
        AddRule(spec, keys, sources);
    }

    void CheckId(ScalarNode? id)
    {
        if (id is null || !Names.CheckId(id, "a class", scope.Report))
        {
            return;
        }

        if (BuiltInClasses.All.Contains(id.Text))
        {
            scope.Report.Add(
                Findings.ReservedName, id.Place, "choose another name", id.Text,
                "the engine gives this class itself");
        }
        else if (_classes.Exists(known => known.Spec.Id == id.Text))
        {
            scope.Report.Add(Findings.DuplicateName, id.Place, "give each its own id", "classes", id.Text);
        }
    }

    /// <summary>Which breaks, of which sources; uncertain where that could not be told.</summary>
    (BreakCondition Condition, IReadOnlyList<BoundSource>? Sources, bool Certain) Condition(Keys keys)
    {
        if (keys.Has("on") == keys.Has("otherwise"))
        {
            scope.Report.Add(
                Findings.OneOf, keys.PlaceOf("id"),
                "on: { match: PASS }, on: { open: SOURCE }, or otherwise: true", "a class", "on, otherwise");
            return (new BreakCondition.Any(), null, false);
        }

        if (keys.Has("otherwise"))
        {
            if (!Words.Choose(keys, "otherwise", [("true", true)], false, scope.Report))
            {
                return (new BreakCondition.Any(), null, false);
            }

            return (new BreakCondition.Any(), null, true);
        }

        return keys.Map("on") is { } map ? On(map, keys) : (new BreakCondition.Any(), null, false);
    }

    (BreakCondition, IReadOnlyList<BoundSource>?, bool) On(MapNode map, Keys owner)
    {
        var keys = new Keys(map, owner.PlaceOf("on"), ClassShapes.On, scope.Report);
        var kinds = ((string[])["match", "open", "ambiguous", "missing"]).Where(keys.Has).ToList();
        if (kinds.Count != 1)
        {
            scope.Report.Add(Findings.OneOf, keys.Owner, null, "'on'", "match, open, ambiguous, missing");
            return (new BreakCondition.Any(), null, false);
        }

        if (kinds[0] == "open")
        {
            return Open(keys);
        }

        if (kinds[0] == "missing")
        {
            return Missing(keys);
        }

        keys.RefuseIfPresent("in", "only what is missing is missing in a pass");
        keys.RefuseIfPresent("toward", "only an open record looks toward a source");
        var node = keys.Scalar(kinds[0]);
        if (node is null || !scope.KnowsPass(node))
        {
            return (new BreakCondition.Any(), null, false);
        }

        BreakCondition condition = kinds[0] == "match"
            ? new BreakCondition.MatchOf(node.Text) : new BreakCondition.AmbiguousOf(node.Text);
        var pass = scope.Passes.Find(known => known.Id == node.Text);
        if (pass?.Kind == PassKind.Dedupe)
        {
            scope.Report.Add(Findings.NoBreaks, node.Place, "name a pass that matches", node.Text);
            return (new BreakCondition.Any(), null, false);
        }

        return (condition, pass is null ? null : SourcesOf(pass), true);
    }

    (BreakCondition, IReadOnlyList<BoundSource>?, bool) Missing(Keys keys)
    {
        keys.RefuseIfPresent("toward", "only an open record looks toward a source");
        var (node, named) = (keys.Scalar("missing"), keys.NeedScalar("in", "the pass that joins it"));
        var source = node is null ? null : scope.Source(node.Text, node.Place);
        if (source is null || named is null || !scope.KnowsPass(named))
        {
            return (new BreakCondition.Any(), null, false);
        }

        var pass = scope.Passes.Find(known => known.Id == named.Text);
        if (pass is not null && (!pass.IsOfSeveral || pass.Leg.SideOf(source.Name) < 0))
        {
            scope.Report.Add(
                Findings.NothingMissing, node!.Place, "name a pass with join: [ledger, provider, bank] and one of its sources", named.Text,
                source.Name);
            return (new BreakCondition.Any(), null, false);
        }

        var others = pass is null ? null : SourcesOf(pass).Where(each => each != source).ToList();
        return (new BreakCondition.MissingOf(source.Name, named.Text), others, true);
    }

    List<BoundSource> SourcesOf(PassSpec pass) =>
        [.. scope.Sources.Where(source => pass.Leg.Names.Contains(source.Name))];

    (BreakCondition, IReadOnlyList<BoundSource>?, bool) Open(Keys keys)
    {
        var (node, toward) = (keys.Scalar("open"), keys.Scalar("toward"));
        var source = node is null ? null : scope.Source(node.Text, node.Place);
        var other = toward is null ? null : scope.Source(toward.Text, toward.Place);
        if (source is null || (keys.Has("toward") && other is null))
        {
            return (new BreakCondition.Any(), null, false);
        }

        if (other is not null && scope.LegOf(source.Name, other.Name) is null
            && scope.Passes.Count == scope.PassIds.Count)
        {
            scope.Report.Add(Findings.NoSuchLeg, toward!.Place, null, source.Name, other.Name);
        }

        return (new BreakCondition.OpenOf(source.Name, other?.Name), [source], true);
    }

    DeadlineSpec? Until(Keys owner, BreakCondition condition, IReadOnlyList<BoundSource>? sources)
    {
        if (owner.Map("until") is not { } map)
        {
            return null;
        }

        var keys = new Keys(map, owner.PlaceOf("until"), ClassShapes.Until, scope.Report);
        var business = keys.Has("business_days");
        if (business == keys.Has("days"))
        {
            scope.Report.Add(Findings.OneOf, keys.Owner, null, "'until'", "business_days, days");
        }

        var days = scope.Integer(keys.Scalar(business ? "business_days" : "days"), 0, 3660) ?? 0;
        if (!business)
        {
            keys.RefuseIfPresent("calendar", "'days' are calendar days", "use 'business_days', or delete it");
        }

        var then = keys.NeedScalar("then", "the class it becomes after that");
        var calendar = business ? Calendar(keys, condition, sources) : null;
        return new DeadlineSpec(days, calendar, From(keys, sources), then?.Text ?? "");
    }

    string? Calendar(Keys keys, BreakCondition condition, IReadOnlyList<BoundSource>? sources)
    {
        if (keys.Has("calendar"))
        {
            return scope.Calendar(keys.Scalar("calendar"));
        }

        var calendar = sources?.Select(source => source.Spec.Calendar)
            .FirstOrDefault(name => name is not null);
        if (calendar is null && scope.CalendarsKnown && !keys.IsMisspelt("calendar")
            && (sources is not null || condition is BreakCondition.Any))
        {
            scope.Report.Add(Findings.NoCalendar, keys.PlaceOf("business_days"), "calendar: TARGET2");
        }

        return calendar;
    }

    /// <summary>A date or instant of a record of the break: a bare name that at least one of its sources has.</summary>
    string? From(Keys keys, IReadOnlyList<BoundSource>? sources)
    {
        if (keys.Scalar("from") is not { } name)
        {
            return null;
        }

        var owners = (sources ?? scope.Sources).Where(source => source.Find(name.Text) is not null).ToList();
        if (owners.Count == 0)
        {
            ReportNoField(name, sources ?? scope.Sources);
            return null;
        }

        foreach (var owner in owners)
        {
            owner.FieldOf(name, scope.Report, "a date or an instant", FieldKind.Date, FieldKind.Instant);
        }

        return name.Text;
    }

    void ReportNoField(ScalarNode name, IReadOnlyList<BoundSource> sources)
    {
        if (sources.All(source => source.FieldsKnown))
        {
            var known = sources.SelectMany(source => source.Spec.Fields)
                .Where(field => field.Kind is FieldKind.Date or FieldKind.Instant)
                .Select(field => field.Name);
            var owners = string.Join(" or ", sources.Select(source => $"'{source.Name}'"));
            scope.Report.Add(
                Findings.UnknownField, name.Place, NearestName.Hint(name.Text, known), name.Text, owners);
        }
    }

    void AddRule(ClassSpec spec, Keys keys, IReadOnlyList<BoundSource>? sources)
    {
        var otherwise = keys.Has("otherwise");
        var nets = spec.On is BreakCondition.MatchOf named && scope.Passes.Exists(pass => pass.IsNet && pass.Id == named.Pass);
        if (keys.Has("when") && (otherwise || nets || spec.On is BreakCondition.AmbiguousOf))
        {
            var of = otherwise ? "of all that is left"
                : nets ? "of records of one source that cancel"
                : "of candidates that nobody could tell apart";
            scope.Report.Add(Findings.NothingToAsk, keys.PlaceOf("when"), "delete it", of);
            return;
        }

        if (spec.When is not null && spec.On is BreakCondition.MissingOf)
        {
            scope.Report.Add(Findings.NothingToAsk, keys.PlaceOf("when"), "delete it", "of records of which one is missing");
            return;
        }

        if (spec.When is not { } when || sources is null || !sources.All(source => source.CanCompile(when)))
        {
            return;
        }

        RuleShape shape = spec.On is BreakCondition.MatchOf match
            ? PassBinder.ShapeOf(scope.Passes.Find(pass => pass.Id == match.Pass)!)
            : new RuleShape.OfRecord(sources[0].Spec);
        scope.Rules.Add(new RuleToCompile(when, shape));
    }
}
