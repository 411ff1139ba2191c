// What follows from the matches alone, whatever judging says of them: evidence, counts, settled records.
using Recon.Runs.Results;

namespace Recon.Runs.Assembling;

/// <param name="Sources">In the order of the pack.</param>
/// <param name="Settled">In the order of the pack.</param>
sealed record MatchFacts(
    MatchEvidence Evidence, IReadOnlyList<SourceSummary> Sources, IReadOnlyList<SettledRecords> Settled)
{
    internal static MatchFacts Of(MatchedRun matched, CancellationToken cancellation) => new(
        matched.Evidence(cancellation),
        matched.SourceSummaries(),
        [.. matched.Sources.Select((source, i) => ClosingState.Settled(source, matched.Sides[i], matched.HeldOf(i)))]);
}
