// What follows from the matches alone, whatever judging says of them: evidence, counts, settled records.
using Recon.Matching;
using Recon.Model;
using Recon.Runs.Normalising;
using Recon.Runs.Results;

namespace Recon.Runs.Assembling;

/// <param name="Legs">[source][leg of the source]: what became of each row.</param>
/// <param name="Sources">In the order of the pack.</param>
/// <param name="Settled">In the order of the pack.</param>
sealed record MatchFacts(
    IReadOnlyList<IReadOnlyList<SideState>> Legs,
    MatchEvidence Evidence,
    IReadOnlyList<SourceSummary> Sources,
    IReadOnlyList<SettledRecords> Settled)
{
    internal static MatchFacts Of(
        RunChainInput input, NormalisedSource[] sources, IReadOnlyList<RecordTable> tables, MatchSet matches, MatchScope scope,
        CancellationToken cancellation)
    {
        var pack = input.Request.Pack;
        var legs = sources.Select(source => SideState.Of(pack, source.Records, matches, scope.SettledRows)).ToList();
        return new MatchFacts(
            legs,
            EvidenceBuilder.Build(input.Request, tables, matches, cancellation),
            [.. sources.Select((source, i) => Summaries.OfSource(source, input.Inputs[i], legs[i]))],
            [.. sources.Select((source, i) => ClosingState.Settled(source, legs[i]))]);
    }
}
