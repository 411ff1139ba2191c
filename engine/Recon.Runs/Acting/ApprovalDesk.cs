// What waits for people to approve it, and their approvals.
using Recon.Judging.Correcting;
using Recon.Model;
using Recon.Model.Acts;
using Recon.Runs.Assembling;
using Recon.Runs.Identity;
using Recon.Runs.Ports;

namespace Recon.Runs.Acting;

/// <summary>A posting that waits, as an approver sees it.</summary>
/// <param name="Run">The run that spoke of it last.</param>
/// <param name="Hash">Of all that is approved, 16 hex digits: another posting, or another break, has another one.</param>
/// <param name="Approved">The approvals that it has, in their order.</param>
/// <param name="Objection">Why nobody can approve it; null where people can.</param>
public sealed record Proposal(Posting Posting, RunHead Run, string Hash, IReadOnlyList<Act> Approved, string? Objection);

/// <summary>Records approvals; the one that makes them enough puts the posting into the outbox, in the same transaction.</summary>
public sealed class ApprovalDesk(IRunStore store)
{
    const int FewestDigits = 8;

    /// <summary>The break, and what waits for it, in the order in which it came into the outbox.</summary>
    /// <exception cref="ReconException"><see cref="FaultKind.NotFound"/>: there is no such break.</exception>
    public (StoredBreak Break, IReadOnlyList<Proposal> Proposals) Of(string breakId)
    {
        var found = BreakDesk.Find(store, breakId);
        var (outbox, acts) = (store.PostingsFor(found.Break.Id), store.Acts(found.PackId));
        return (found, [.. store.WaitingFor(found.Break.Id).Select(waiting => ProposalOf(waiting, found, outbox, acts))]);
    }

    /// <param name="hash">Of what the approver saw, or its first digits, at least 8.</param>
    /// <exception cref="ReconException"><see cref="FaultKind.InputWrong"/>: what waits is another posting now, or this person may not approve it.</exception>
    public ActOutcome Approve(string breakId, string hash, Actor actor)
    {
        bool IsAsked(Act act) => act.Kind == ActKind.Approve && HexPrefix.Begins(act.Subject, breakId) && HexPrefix.Begins(act.Detail.Text!, hash);
        if (hash.Length < FewestDigits)
        {
            throw new ReconException($"'{hash}' is too short: at least {FewestDigits} digits of the hash", FaultKind.InputWrong);
        }

        if (ActLedger.UnderKey(store, actor, IsAsked) is { } done)
        {
            return done;
        }

        var (found, proposals) = Of(breakId);
        var acts = store.Acts(found.PackId);
        if (actor.Key is null && acts.LastOrDefault(act => IsAsked(act) && PersonName.IsSame(act.By, actor.By) && !UndoDesk.IsVoid(act, acts)) is { } before)
        {
            return new ActOutcome(before, WasRecorded: true);
        }

        var proposal = proposals.FirstOrDefault(each => HexPrefix.Begins(each.Hash, hash)) ?? throw NotThis(found.Break.Id, hash, proposals);
        return store.Act(RequestOf(found, proposal, acts, actor));
    }

    static ReconException NotThis(string breakId, string hash, IReadOnlyList<Proposal> proposals) => new(
        proposals.Count == 0
            ? $"nothing of break {breakId} waits for an approval"
            : $"what waits for break {breakId} is {string.Join(" and ", proposals.Select(each => each.Hash))}, not {hash}: it is another posting than"
                + $" you saw; 'recon breaks approve {breakId}' shows what it is now",
        FaultKind.InputWrong);

    static ActRequest RequestOf(StoredBreak found, Proposal proposal, IReadOnlyList<Act> earlier, Actor actor)
    {
        var posting = proposal.Posting;
        var act = new Act(
            0, "", "", found.PackId, proposal.Run.BusinessDate, found.Break.Id, ActKind.Approve,
            new ActDetail(Text: proposal.Hash, Facts: [new("posting", posting.Key), new("entry", EntryOf(posting)), .. UndoDesk.Since(earlier, posting.Key)]),
            actor.Reason, actor.At, actor.By);
        return new ActRequest(
            act with { Effect = ActLedger.EffectOf(act) }, actor.Key,
            acts => proposal.Objection ?? PersonalObjection(found.Break, posting, actor.By, acts))
        {
            Holding = acts => Approvals(acts, proposal.Hash).FirstOrDefault(other => PersonName.IsSame(other.By, actor.By)),
            Move = new PostingMove(
                posting.Key, posting.Effect, proposal.Run.Id, acts => Approvals(acts, proposal.Hash).Count() >= posting.Approvals),
        };
    }

    /// <summary><c>0.02 EUR to ledger, debit 1200, credit 7990</c>.</summary>
    public static string EntryOf(Posting posting) => $"{posting.Amount} to {posting.To}, debit {posting.Debit}, credit {posting.Credit}";

    static Proposal ProposalOf(WaitingPosting waiting, StoredBreak found, IReadOnlyList<OutboxEntry> outbox, IReadOnlyList<Act> acts)
    {
        var posting = waiting.Posting;
        var reversed = outbox.FirstOrDefault(other => PostingKey.OfReversal(other.Key) == posting.Key);
        var hash = HashOf(found.PackId, posting, reversed is null ? BreakFacts.Of(found.Break) : []);
        var objection = reversed is null
            ? BreakDesk.NotStanding(found) ?? BreakDesk.ResolvedBy(found, found.Acts) ?? CorrectedAlready(posting, outbox)
            : null;
        return new Proposal(posting, waiting.Run, hash, [.. Approvals(acts, hash)], objection);
    }

    // Two keys must not correct one difference twice, whoever asks.
    static string? CorrectedAlready(Posting posting, IReadOnlyList<OutboxEntry> outbox)
    {
        var posted = outbox.Where(other => other.State == PostingState.Queued).ToList();
        var reversals = posted.Select(other => PostingKey.OfReversal(other.Key)).ToHashSet(StringComparer.Ordinal);
        var other = posted.Find(other => !reversals.Contains(other.Key)
            && ReversalChain.Of(other.Key, key => posted.Exists(each => each.Key == key)).IsPosted);
        return other is null ? null
            : $"posting {other.Key[..8]} of {other.Amount} is in the outbox for break {posting.Break} already: another one would correct it twice";
    }

    static string? PersonalObjection(Break item, Posting posting, string by, IReadOnlyList<Act> acts)
    {
        var decision = acts.LastOrDefault(act => act.IsDecision && PersonName.IsSame(act.By, by)
            && (act.Subject == item.Id || (act.Detail.Records ?? []).Any(posting.Records.Contains)));
        return decision is not null
                ? $"{by} decided about this on {decision.Day} ({ActLedger.Word(decision.Kind)}): who decides cannot approve"
            : posting.Owner is { } owner && PersonName.IsSame(owner, by) ? $"{by} owns the rules that ask for it: somebody else must approve it"
            : null;
    }

    // One person counts once, and not for what was posted and undone since.
    static IEnumerable<Act> Approvals(IReadOnlyList<Act> acts, string hash) => acts
        .Where(act => act.Kind == ActKind.Approve && act.Detail.Text == hash && !UndoDesk.IsVoid(act, acts))
        .DistinctBy(act => PersonName.Canonical(act.By), StringComparer.Ordinal);

    static string HashOf(string packId, Posting posting, IReadOnlyList<Fact> facts)
    {
        using var digest = new ContentDigest();
        return digest.Add("recon-approval").Add(packId).Add(posting.Key).Add(posting.Effect).Add(posting.Rule).Add(EntryOf(posting))
            .Add(posting.Break).Add(posting.Records.Select(record => record.ToString()))
            .Add(facts.Select(fact => $"{fact.Name}={fact.Value}")).Hex()[..16];
    }
}
