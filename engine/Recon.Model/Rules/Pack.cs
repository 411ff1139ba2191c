// A pack as the engine sees it: every name resolved, every default filled in, no text positions needed to run it.
using Recon.Model.Columns;

namespace Recon.Model.Rules;

/// <summary>One reconciliation, bound from its text.</summary>
/// <param name="Canonical">
/// The bound pack as canonical text: parameters with the values in force, every default written out, no comments. Two
/// packs with equal canonical text decide alike.
/// </param>
public sealed record Pack(
    string Id,
    string Version,
    string? Owner,
    IReadOnlyList<Parameter> Parameters,
    IReadOnlyList<SourceSpec> Sources,
    IReadOnlyList<LegSpec> Legs,
    IReadOnlyList<TrustSpec> Trust,
    IReadOnlyList<PassSpec> Passes,
    IReadOnlyList<ClassSpec> Classes,
    IReadOnlyList<ResolutionSpec> Resolutions,
    BusinessDateSpec? BusinessDate,
    string Canonical)
{
    readonly string? _deciding;

    /// <summary>When the pack runs by itself; null where only people start it.</summary>
    public ScheduleSpec? Schedule { get; init; }

    /// <summary>When a run posts nothing by itself; null: never.</summary>
    public BreakerSpec? Breaker { get; init; } = BreakerSpec.Usual;

    /// <summary>
    /// <see cref="Canonical"/> without what only says when a pack runs (its schedule, how long it waits for a file) or how it may
    /// be changed (its gates): it is the pack's part of a run's key, because a run at another hour is the same run.
    /// </summary>
    public string Deciding
    {
        get => _deciding ?? Canonical;
        init => _deciding = value;
    }

    public ExposureSpec Exposure { get; init; } = ExposureSpec.Usual;

    /// <summary>How much a change of the rules may do before it needs a second approver; null where nothing is said.</summary>
    public GateSpec? Gates { get; init; }

    /// <summary>Functions that its rules may call, from the files that it uses.</summary>
    public IReadOnlyList<RuleRef> Helpers { get; init; } = [];

    public SourceSpec Source(string name) => Sources.First(source => source.Name == name);

    public PassSpec Pass(string id) => Passes.First(pass => pass.Id == id);

    /// <summary>
    /// The legs on which every record of the source is matched or open, in the order of <see cref="Legs"/>: those it shares
    /// with other sources, or its own where there are none.
    /// </summary>
    public IEnumerable<LegSpec> LegsOf(SourceSpec source) =>
        Legs.Where(leg => leg.Names.Contains(source.Name) && KeepsOpen(leg));

    /// <summary>False for the leg of one source that has legs with others: what no pass takes there is open elsewhere.</summary>
    public bool KeepsOpen(LegSpec leg) => leg.Sources.Count > 1
        || !Legs.Any(other => other.Sources.Count > 1 && other.Names.Contains(leg.Names[0]));

    /// <summary>The leg that joins these sources, in whatever order; null where the pack has none that keeps records open.</summary>
    public LegSpec? LegOf(IReadOnlyList<string> sources)
    {
        foreach (var leg in Legs)
        {
            if (leg.Joins(sources) && KeepsOpen(leg))
            {
                return leg;
            }
        }

        return null;
    }

    /// <summary>Names of the calendars the pack speaks of, sorted.</summary>
    public IReadOnlyList<string> CalendarNames =>
    [
        .. Sources.Select(source => source.Calendar)
            .Concat(Passes.SelectMany(pass => pass.Comparisons).Select(pair => (pair.Tolerance as DayTolerance)?.Calendar))
            .Concat(Classes.Select(rule => rule.Until?.Calendar))
            .Append(BusinessDate?.Calendar)
            .OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal),
    ];

    /// <summary>Names of the tables of rates the pack speaks of, sorted.</summary>
    public IReadOnlyList<string> RateNames =>
    [
        .. Passes.SelectMany(pass => pass.Comparisons).Select(pair => (pair.Tolerance as AmountTolerance)?.Fx?.Rates)
            .OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal),
    ];
}

/// <summary>A parameter with the value in force.</summary>
/// <param name="Value">Canonical text of the value: <c>0.02 EUR</c>, <c>12.5</c>, <c>2026-04-01</c>, text as it is.</param>
public sealed record Parameter(string Name, FieldKind Kind, string Value);
