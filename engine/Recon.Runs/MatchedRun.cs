// A run at half way: what matched and what is open, before anything is judged.
using Recon.Matching;
using Recon.Model;
using Recon.Runs.Assembling;
using Recon.Runs.Normalising;
using Recon.Runs.Results;
using Recon.Runs.Returning;

namespace Recon.Runs;

/// <summary>The sources of a run, normalised and matched.</summary>
/// <param name="Sources">In the order of the pack, as <paramref name="Tables"/>, which are their records.</param>
public sealed record MatchedRun(
    RunChainInput Input,
    IReadOnlyList<NormalisedSource> Sources,
    IReadOnlyList<ControlResult> Controls,
    IReadOnlyList<RecordTable> Tables,
    MatchSet Matches,
    MatchScope Scope,
    MatchOptions Options)
{
    IReadOnlyList<HeldPlace>? _held;

    /// <summary>What people decided about matches and does not hold here, one line each.</summary>
    public IReadOnlyList<string> NotTaken { get; init; } = [];

    /// <summary>Records of the books that are postings of ours.</summary>
    internal ReturnedPostings Returned { get; init; } = null!;

    /// <summary>What became of each row, source by source and leg by leg.</summary>
    internal IReadOnlyList<IReadOnlyList<SideState>> Sides { get; } =
        [.. Tables.Select(table => SideState.Of(Input.Request.Pack, table, Matches, Scope.SettledRows))];

    /// <summary>Open items of earlier runs that this pack cannot match where they are open.</summary>
    internal IReadOnlyList<HeldPlace> Held => _held ??= HeldItems.Of(Input.Request.Pack, Input.Opening, Sources, Sides);

    /// <summary>In the order of the pack.</summary>
    public IReadOnlyList<SourceSummary> SourceSummaries() =>
    [
        .. Sources.Select((source, i) => Summaries.OfSource(
            source, Input.Inputs[i], Sides[i], HeldOf(i), Matches.DuplicatesOf(i, source.Records.Count),
            Assembling.Duplicates.Counted(Input.Request.Pack, Input.Request.Pack.Sources[i], Matches))),
    ];

    /// <summary>Records that dedupe passes left out, by name.</summary>
    public IReadOnlyList<Duplicate> Duplicates() => Assembling.Duplicates.Named(Input.Request.Pack, Tables, Matches);

    /// <summary>In the order of the pack.</summary>
    public IReadOnlyList<PassSummary> PassSummaries() =>
        [.. Input.Request.Pack.Passes.Select(pass => Summaries.OfPass(pass, Matches.Legs[pass.Leg.Index]))];

    public MatchEvidence Evidence(CancellationToken cancellation) =>
        EvidenceBuilder.Build(Input.Request, Tables, Matches, cancellation);

    /// <summary>Held open items of the source with this index.</summary>
    internal IReadOnlyList<HeldPlace> HeldOf(int source) =>
        Held.Count == 0 ? Held : [.. Held.Where(place => place.Source == source)];

    /// <summary>Rows of the source with this index that are open on a leg, ascending: in the order of their ids.</summary>
    public ReadOnlySpan<int> OpenRows(int source) => SideState.OpenAnywhere(Sides[source]);
}
