// The parameters of a pack: typed, with the value in force.
using System.Text.RegularExpressions;
using Recon.Model;
using Recon.Model.Columns;
using Recon.Model.Rules;
using Recon.Packs.Diagnosing;
using Recon.Packs.Syntax;
using Recon.Packs.Vocabulary;

namespace Recon.Packs.Binding;

/// <summary>Names, values and uses. A value comes from the command line, else the environment, else the default.</summary>
sealed partial class Parameters
{
    public static readonly (string, FieldKind)[] Kinds =
    [
        ("money", FieldKind.Money), ("number", FieldKind.Number), ("text", FieldKind.Text),
        ("date", FieldKind.Date),
    ];

    readonly Dictionary<string, Parameter?> _byName = new(StringComparer.Ordinal);
    readonly List<(string Name, Place Place)> _places = [];
    readonly HashSet<string> _used = new(StringComparer.Ordinal);
    readonly Report _report;

    Parameters(Report report) => _report = report;

    public IReadOnlyList<Parameter> InForce =>
        [.. _places.Select(entry => _byName[entry.Name]).OfType<Parameter>()];

    public static Parameters Bind(MapNode? section, Place fallback, PackOptions options, Report report)
    {
        var parameters = new Parameters(report);
        foreach (var entry in section?.Entries ?? [])
        {
            parameters.Declare(entry, options);
        }

        foreach (var given in options.Parameters.Keys.Order(StringComparer.Ordinal))
        {
            if (!parameters._byName.ContainsKey(given))
            {
                var hint = NearestName.Hint(given, parameters._byName.Keys);
                report.Add(Findings.GivenUnknownParameter, fallback, hint, given);
            }
        }

        parameters.CheckEnvironment(section, fallback, options.Environment);
        return parameters;
    }

    /// <summary>The parameter that <c>$name</c> stands for; null, reported, where there is none or it has no value.</summary>
    public Parameter? Use(ScalarNode reference)
    {
        var name = reference.Text[1..];
        _used.Add(name);
        if (!_byName.TryGetValue(name, out var parameter))
        {
            _report.Add(
                Findings.UnknownParameter, reference.Place, NearestName.Hint(name, _byName.Keys), name);
        }

        return parameter;
    }

    /// <summary>Notes the <c>Params.name</c> in a piece of C#.</summary>
    public void NoteUses(string code)
    {
        foreach (Match match in ParamsMember().Matches(code))
        {
            _used.Add(match.Groups[1].Value);
        }
    }

    public void ReportUnused()
    {
        foreach (var (name, place) in _places.Where(entry => !_used.Contains(entry.Name)))
        {
            _report.Add(Findings.UnusedParameter, place, "delete it, or use it as $" + name, name);
        }
    }

    /// <summary>A pack without values by environment runs in every one; else a misspelt one would take the defaults.</summary>
    void CheckEnvironment(MapNode? section, Place place, string? environment)
    {
        var values = (section?.Entries ?? []).Select(entry => entry.Value).OfType<MapNode>()
            .Select(parameter => parameter.Find("in")?.Value).OfType<Node>().ToList();
        var known = values.OfType<MapNode>().SelectMany(map => map.Entries).Select(entry => entry.Key.Text)
            .Distinct(StringComparer.Ordinal).ToList();
        if (environment is not null && known.Count > 0 && values.All(node => node is MapNode)
            && !known.Contains(environment))
        {
            var nearest = NearestName.Of(environment, known);
            var names = $"known here: {string.Join(", ", known)}";
            _report.Add(
                Findings.UnknownEnvironment, place,
                nearest is null ? names : $"did you mean '{nearest}'? {names}", environment);
        }
    }

    void Declare(Entry entry, PackOptions options)
    {
        var name = entry.Key.Text;
        _byName[name] = null;
        if (!Names.CheckIdentifier(entry.Key, "a parameter", _report))
        {
            _used.Add(name);
            return;
        }

        _places.Add((name, entry.Key.Place));
        if (entry.Value is not MapNode map)
        {
            if (entry.Value is not LostNode)
            {
                _report.Add(
                    Findings.WrongShape, entry.Value.Place, "{ type: money, default: 0.02 EUR }",
                    "a mapping");
            }

            _used.Add(name);
            return;
        }

        var keys = new Keys(map, entry.Key.Place, PackShapes.Parameter, _report);
        if (keys.NeedScalar("type") is { } type && Words.Choose(type, Kinds, _report, out var kind))
        {
            _byName[name] = Value(keys, name, kind, options) is { } value
                ? new Parameter(name, kind, value)
                : null;
        }

        if (_byName[name] is null)
        {
            _used.Add(name);
        }
    }

    string? Value(Keys keys, string name, FieldKind kind, PackOptions options)
    {
        var standard = keys.Scalar("default");
        var chosen = standard is null ? null : Literals.Canonical(standard, kind, _report);
        foreach (var entry in keys.Map("in")?.Entries ?? [])
        {
            if (keys.Shape<ScalarNode>(entry.Value, "one value") is { } own
                && Literals.Canonical(own, kind, _report) is { } value
                && entry.Key.Text == options.Environment)
            {
                (chosen, standard) = (value, own);
            }
        }

        if (options.Parameters.TryGetValue(name, out var given))
        {
            return Literals.CanonicalText(given, kind) ?? Refuse(name, given, kind, keys.Owner);
        }

        if (standard is null && !keys.Has("default"))
        {
            _report.Add(
                Findings.ParameterWithoutValue, keys.Owner,
                "give it a 'default', or a value for this environment under 'in'", name);
        }

        return chosen;
    }

    string? Refuse(string name, string given, FieldKind kind, Place place)
    {
        _report.Add(Findings.GivenParameter, place, null, name, given, Literals.Name(kind));
        return null;
    }

    [GeneratedRegex(@"\bParams\s*\.\s*([A-Za-z_][A-Za-z0-9_]*)", RegexOptions.CultureInvariant)]
    private static partial Regex ParamsMember();
}
