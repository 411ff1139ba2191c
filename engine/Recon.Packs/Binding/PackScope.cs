// What is known while the sections of a pack are bound, one after the other.
using System.Globalization;
using System.Text.RegularExpressions;
using Recon.Model;
using Recon.Model.Columns;
using Recon.Model.Rules;
using Recon.Packs.Diagnosing;
using Recon.Packs.Syntax;

namespace Recon.Packs.Binding;

/// <summary>Filled section by section in the order of the pack; each section sees those before it.</summary>
sealed class PackScope(Report report, Parameters parameters, IReadOnlyCollection<string> calendars)
{
    public Report Report { get; } = report;

    public Parameters Parameters { get; } = parameters;

    /// <summary>The files of SQL beside the pack.</summary>
    public IReadOnlyDictionary<string, ReadOnlyMemory<byte>> Queries { get; init; } = new Dictionary<string, ReadOnlyMemory<byte>>();

    /// <summary>A file beside the pack as diagnostics name it.</summary>
    public Func<string, string> PathBeside { get; init; } = name => name;

    /// <summary>The connections that the workspace names; null where the pack stands alone, and nobody knows.</summary>
    public IReadOnlyCollection<string>? Connections { get; init; }

    public List<BoundSource> Sources { get; } = [];

    /// <summary>False where the section is missing: nobody then complains about an unknown source.</summary>
    public bool SourcesKnown { get; set; } = true;

    /// <summary>As <see cref="SourcesKnown"/>, for passes.</summary>
    public bool PassesKnown { get; set; } = true;

    /// <summary>False where a calendar was refused; nobody then asks for one.</summary>
    public bool CalendarsKnown { get; set; } = true;

    public List<LegSpec> Legs { get; } = [];

    /// <summary>Passes that bound; <see cref="PassIds"/> has the ids of all.</summary>
    public List<PassSpec> Passes { get; } = [];

    /// <summary>Where the passes that say <c>push_down</c> say it, in the order of <see cref="Passes"/>.</summary>
    public List<Place> PushedDown { get; } = [];

    public HashSet<string> PassIds { get; } = new(StringComparer.Ordinal);

    public List<RuleToCompile> Rules { get; } = [];

    /// <summary>The source of that name; null, reported, where there is none.</summary>
    public BoundSource? Source(string name, Place place)
    {
        var source = Sources.Find(candidate => candidate.Name == name);
        if (source is null && SourcesKnown)
        {
            Report.Add(
                Findings.UnknownSource, place, NearestName.Hint(name, Sources.Select(known => known.Name)),
                name);
        }

        return source;
    }

    /// <summary>
    /// The source of that name; where there is none, reported, the one whose name is nearest, so that the rest of what names
    /// it is checked too; null where none is near.
    /// </summary>
    public BoundSource? SourceOrNearest(string name, Place place) => Source(name, place)
        ?? (NearestName.Of(name, Sources.Select(known => known.Name)) is { } nearest ? Sources.Find(known => known.Name == nearest) : null);

    /// <summary>False, reported, where no pass has that id.</summary>
    public bool KnowsPass(ScalarNode id)
    {
        var known = PassIds.Contains(id.Text);
        if (!known && PassesKnown)
        {
            Report.Add(Findings.UnknownPass, id.Place, NearestName.Hint(id.Text, PassIds), id.Text);
        }

        return known;
    }

    public LegSpec? LegOf(string source, string other) => Legs.Find(leg =>
        leg.Names.Contains(source) && leg.Names.Contains(other) && source != other);

    /// <summary>The text of a value, a parameter replaced by its value; null, reported, where it has none.</summary>
    public string? Text(ScalarNode? node) => node is null ? null : Value(node, FieldKind.Text);

    public Money? Money(ScalarNode? node) =>
        node is not null && Value(node, FieldKind.Money) is { } text && Literals.TryMoney(text, out var money)
            ? money
            : null;

    public int? Integer(ScalarNode? node, int least, int most)
    {
        if (node is null || Value(node, FieldKind.Number) is not { } text)
        {
            return null;
        }

        if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            && value >= least && value <= most)
        {
            return value;
        }

        Report.Add(Findings.BadNumber, node.Place, null, node.Text, $"a whole number from {least} to {most}");
        return null;
    }

    /// <summary>A literal or parameter of one kind, as canonical text.</summary>
    public string? Value(ScalarNode node, FieldKind kind)
    {
        if (!IsReference(node))
        {
            return Literals.Canonical(node, kind, Report);
        }

        if (Parameters.Use(node) is not { } parameter)
        {
            return null;
        }

        if (parameter.Kind == kind)
        {
            return parameter.Value;
        }

        Report.Add(
            Findings.ParameterKind, node.Place, null, parameter.Name, Literals.Name(parameter.Kind),
            Literals.Name(kind));
        return null;
    }

    /// <summary>True for a plain <c>$name</c>; in quotes it is text.</summary>
    public static bool IsReference(ScalarNode node) =>
        node is { Form: ScalarForm.Plain, Text: ['$', _, ..] }
            && !node.Text.Contains(' ', StringComparison.Ordinal);

    /// <summary>The name of a calendar that exists; null where it is missing or unknown (reported).</summary>
    public string? Calendar(ScalarNode? node)
    {
        if (Text(node) is not { } name)
        {
            return null;
        }

        string[] known = ["TARGET2", "weekdays", .. calendars.Order(StringComparer.Ordinal)];
        if (known.Contains(name))
        {
            return name;
        }

        CalendarsKnown = false;
        Report.Add(Findings.UnknownCalendar, node!.Place, NearestName.Hint(name, known), name);
        return null;
    }

    /// <summary>The id of a time zone that exists.</summary>
    public string? Zone(ScalarNode? node)
    {
        if (Text(node) is not { } name)
        {
            return null;
        }

        if (TimeZoneInfo.TryFindSystemTimeZoneById(name, out _))
        {
            return name;
        }

        Report.Add(Findings.BadZone, node!.Place, "an id such as Europe/Berlin or UTC", name);
        return null;
    }

    /// <summary>The C# under a key, with its path; null where there is none or YAML would have eaten it.</summary>
    public RuleRef? Rule(Node? node, string path)
    {
        if (node is not ScalarNode code)
        {
            return null;
        }

        Parameters.NoteUses(code.Text);
        return new RuleRef(path, code.Text, code.Place);
    }
}

/// <summary>A source and what about it is in doubt, so that one mistake is reported once.</summary>
/// <param name="FieldsKnown">False where its fields could not be told; nobody then complains about an unknown one.</param>
/// <param name="Doubtful">Fields whose kind could not be told.</param>
/// <param name="Unspeakable">Fields of a name that C# cannot say.</param>
sealed record BoundSource(
    SourceSpec Spec, bool FieldsKnown, IReadOnlySet<string> Doubtful, IReadOnlySet<string> Unspeakable,
    Place Place)
{
    /// <summary>False where its role was refused; nobody then says that it has the wrong one.</summary>
    public bool RoleKnown { get; init; } = true;

    public string Name => Spec.Name;

    public FieldSpec? Find(string field) => Spec.Fields.FirstOrDefault(candidate => candidate.Name == field);

    /// <summary>True where the kinds of all fields could be told.</summary>
    public bool IsCertain => FieldsKnown && Doubtful.Count == 0;

    /// <summary>True where this C# asks the source for no field that was refused already.</summary>
    public bool CanCompile(RuleRef code) =>
        FieldsKnown && !Doubtful.Concat(Unspeakable).Any(field => Asks(code.Text, field));

    static bool Asks(string code, string field) => Regex.IsMatch(
        code, $@"[.{{,]\s*@?{Regex.Escape(field)}(?![A-Za-z0-9_])", RegexOptions.CultureInvariant);

    /// <summary>The field; null, reported, where there is none.</summary>
    /// <param name="certain">False where its kind is in doubt.</param>
    public FieldSpec? Field(string name, Place place, Report report, out bool certain)
    {
        certain = !Doubtful.Contains(name);
        var field = Find(name);
        if (field is null && FieldsKnown)
        {
            report.Add(
                Findings.UnknownField, place, NearestName.Hint(
                    name, Spec.Fields.Select(known => known.Name)), name, $"'{Name}'");
        }

        return field;
    }

    /// <summary>A field of one of the kinds; null, reported, where there is none or it is of another.</summary>
    public FieldSpec? FieldOf(ScalarNode name, Report report, string needed, params FieldKind[] kinds)
    {
        var field = Field(name.Text, name.Place, report, out var certain);
        if (field is null || !certain || kinds.Contains(field.Kind))
        {
            return field;
        }

        report.Add(Findings.WrongKind, name.Place, null, $"'{name.Text}'", Literals.Name(field.Kind), needed);
        return null;
    }
}
