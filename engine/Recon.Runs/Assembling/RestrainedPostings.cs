// Postings that the ledger allows against limits and the circuit breaker.
using Recon.Judging.Correcting;
using Recon.Model;
using Recon.Model.Rules;
using Recon.Runs.Results;

namespace Recon.Runs.Assembling;

/// <param name="Postings">All of them, in canonical order.</param>
/// <param name="Escalated">Those that the engine would have posted without limits.</param>
/// <param name="Notices">What the whole run should say.</param>
sealed record RestrainedPostings(IReadOnlyList<Posting> Postings, IReadOnlyList<Posting> Escalated, IReadOnlyList<string> Notices)
{
    internal static RestrainedPostings Of(IReadOnlyList<Posting> postings, Pack pack, OpeningState opening)
    {
        var limited = PostingLimits.Hold(pack, postings, opening.PostedOfDate);
        var (held, tripped) = CircuitBreaker.Hold(pack.Breaker, limited.Postings, opening.PostedBefore);
        return new RestrainedPostings(
            held.Postings, [.. limited.Escalated, .. held.Escalated],
            tripped is null ? [] : [$"circuit breaker: {tripped}: nothing is posted without a person in this run"]);
    }
}
