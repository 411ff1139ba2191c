// What follows from the matches alone, whatever judging says of them: evidence, counts, settled records.
using System.Collections;
using Recon.Model.Rules;
using Recon.Runs.Normalising;
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
        [.. matched.Sources.Select((source, i) => ClosingState.Settled(source, matched.Sides[i], matched.HeldOf(i), Pushed(matched, source)))]);

    // Row → true where the pass matched it that servers may join.
    static BitArray? Pushed(MatchedRun matched, NormalisedSource source)
    {
        if (PushDown.Of(matched.Input.Request.Pack, source.Records.Source) is not { } pass)
        {
            return null;
        }

        var (rows, leg) = (new BitArray(source.Records.Count), matched.Matches.Legs[pass.Leg.Index]);
        var ((start, end), side) = (leg.MatchesOf(pass.Index), leg.Leg.SideOf(source.Records.Name));
        for (var match = start; match < end; match++)
        {
            rows[leg.RowsOf(side, match)[0]] = true;
        }

        return rows;
    }
}
