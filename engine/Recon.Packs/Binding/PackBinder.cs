// From syntax to pack: every section in turn, then what only the whole can tell.
using System.Text.RegularExpressions;
using Recon.Model;
using Recon.Model.Rules;
using Recon.Packs.Diagnosing;
using Recon.Packs.Formatting;
using Recon.Packs.Syntax;
using Recon.Packs.Vocabulary;

namespace Recon.Packs.Binding;

/// <summary>What binding found. The pack is null where the report has an error.</summary>
sealed record BoundPack(
    Pack? Pack,
    IReadOnlyList<PackTest> Tests,
    IReadOnlyList<RuleToCompile> Rules,
    IReadOnlyList<SourceSpec> Sources,
    IReadOnlyList<Parameter> Parameters);

sealed partial class PackBinder
{
    readonly Report _report;
    readonly Keys _root;
    readonly PackScope _scope;

    PackBinder(MapNode root, Place start, PackText text, PackOptions options, Report report)
    {
        _report = report;
        _root = new Keys(root, start, PackShapes.Pack, report);
        CheckLanguage(_root, report);
        var place = _root.PlaceOf("params");
        _scope = new PackScope(
            report, Parameters.Bind(_root.Map("params"), place, options, report), options.Calendars)
        {
            Queries = text.Queries,
            PathBeside = text.PathBeside,
            Connections = options.Connections,
        };
    }

    /// <param name="text">The pack as a file, for what lies beside it.</param>
    /// <param name="tests">The file beside the pack; null where there is none, or it could not be read.</param>
    public static BoundPack Bind(
        MapNode root, Place start, PackText text, MapNode? tests, Place? testsStart, PackOptions options, Report report,
        IReadOnlyList<RuleToCompile> helpers) =>
        new PackBinder(root, start, text, options, report).Bind(root, tests, testsStart, helpers);

    /// <summary><c>recon: 1</c>.</summary>
    public static void CheckLanguage(Keys root, Report report)
    {
        if (root.NeedScalar("recon", "recon: 1") is { } version && version.Text != "1")
        {
            report.Add(Findings.WrongLanguage, version.Place, "recon: 1", version.Text);
        }
    }

    BoundPack Bind(MapNode root, MapNode? tests, Place? testsStart, IReadOnlyList<RuleToCompile> helpers)
    {
        var (id, version, owner) = Header();
        if (_root.NeedMap("sources", "what is read") is { } sources)
        {
            new SourceBinder(_scope).Bind(sources);
        }

        _scope.SourcesKnown = _root.Map("sources") is not null;
        _scope.PassesKnown = _root.List("passes") is not null;
        var trust = new TrustBinder(_scope).Bind(_root.Map("trust"), _root);
        NeedSection("passes", "what is matched");
        new PassBinder(_scope).Bind(_root);
        NeedSection("classify", "what breaks are");
        var classes = new ClassBinder(_scope).Bind(_root);
        var resolutions = new ResolutionBinder(_scope, classes).Bind(_root);
        var exposure = new ExposureBinder(_scope).Bind(_root);
        var breaker = new LimitBinder(_scope).Breaker(_root);
        var (date, schedule) = new RunBinder(_scope, id).Bind(_root);
        var gates = new GateBinder(_scope).Bind(_root);
        var bound = BindTests(classes, resolutions, tests, testsStart);
        CheckLegs();
        CheckPushDown(classes);
        CurrencyChecks.WarnOfUnknown(root, _scope);
        foreach (var helper in helpers)
        {
            _scope.Parameters.NoteUses(helper.Rule.Text);
        }

        _scope.Parameters.ReportUnused();
        var rules = _scope.Rules.OrderBy(rule => rule.Rule.Place.File, StringComparer.Ordinal).ThenBy(rule => rule.Rule.Place.Line)
            .ThenBy(rule => rule.Rule.Place.Column).ToList();
        IReadOnlyList<SourceSpec> specs = [.. _scope.Sources.Select(source => source.Spec)];
        if (_report.HasErrors)
        {
            return new BoundPack(null, bound, rules, specs, _scope.Parameters.InForce);
        }

        var pack = new Pack(
            id!, version!, owner, _scope.Parameters.InForce, specs, _scope.Legs, trust,
            _scope.Passes, [.. classes.Select(rule => rule.Spec)], resolutions, date, "")
        {
            Schedule = schedule,
            Exposure = exposure,
            Breaker = breaker,
            Gates = gates,
            Helpers = [.. helpers.Select(helper => helper.Rule)],
        };
        return new BoundPack(
            pack with { Canonical = CanonicalText.Of(pack), Deciding = CanonicalText.Deciding(pack) }, bound, rules, specs, pack.Parameters);
    }

    void NeedSection(string section, string hint) => _root.NeedList(section, hint);

    (string? Id, string? Version, string? Owner) Header()
    {
        if (_root.NeedMap("pack", "pack: { id: payments.card, version: 1.0.0 }") is not { } map)
        {
            return (null, null, null);
        }

        var keys = new Keys(map, _root.PlaceOf("pack"), PackShapes.Header, _report);
        var (id, version) = (
            keys.NeedScalar("id", "id: payments.card"), keys.NeedScalar("version", "version: 1.0.0"));
        if (id is not null && !PackId().IsMatch(id.Text))
        {
            _report.Add(
                Findings.BadName, id.Place, "small letters, digits, - and ., a letter first", id.Text,
                "the id of a pack");
        }

        if (version is not null && !SemanticVersion().IsMatch(version.Text))
        {
            _report.Add(Findings.BadText, version.Place, "1.0.0", version.Text, "a version of three numbers");
        }

        return (id?.Text, version?.Text, _scope.Text(keys.Scalar("owner")));
    }

    IReadOnlyList<PackTest> BindTests(
        IReadOnlyList<BoundClass> classes, IReadOnlyList<ResolutionSpec> resolutions, MapNode? tests, Place? testsStart)
    {
        var binder = new TestBinder(_scope, classes, resolutions);
        binder.Bind(_root);
        if (tests is not null)
        {
            var keys = new Keys(tests, testsStart!, PackShapes.TestFile, _report);
            keys.Need("tests", "tests: [ … ]");
            binder.Bind(keys);
        }

        return binder.Tests;
    }

    // What was refused before may be what the server could join.
    void CheckPushDown(IReadOnlyList<BoundClass> classes)
    {
        if (!_report.HasErrors)
        {
            new PushDownBinder(_scope, [.. classes.Select(rule => rule.Spec)]).Check();
        }
    }

    void CheckLegs()
    {
        if (_scope.Passes.Count != _scope.PassIds.Count || _root.List("passes") is null)
        {
            return;
        }

        var joined = _scope.Legs.Where(leg => leg.Sources.Count > 1).SelectMany(leg => leg.Names).ToHashSet(StringComparer.Ordinal);
        foreach (var source in _scope.Sources.Where(source => !joined.Contains(source.Name)))
        {
            _report.Add(Findings.SourceInNoLeg, source.Place, $"join: {source.Name} 1:1 …", source.Name);
        }
    }

    [GeneratedRegex(@"^[a-z][a-z0-9.-]{0,99}\z", RegexOptions.CultureInvariant)]
    private static partial Regex PackId();

    /// <summary>Semantic Versioning 2.0.0, without build metadata.</summary>
    [GeneratedRegex(
        @"^(0|[1-9][0-9]{0,8})\.(0|[1-9][0-9]{0,8})\.(0|[1-9][0-9]{0,8})(-[0-9A-Za-z.-]+)?\z",
        RegexOptions.CultureInvariant)]
    private static partial Regex SemanticVersion();
}
