// Undoes a whole run: its postings are taken back, and its date is as one that was not run.
using Recon.Model;
using Recon.Model.Acts;
using Recon.Runs.Assembling;
using Recon.Runs.Delivering;
using Recon.Runs.Identity;
using Recon.Runs.Ports;
using Recon.Runs.Results;

namespace Recon.Runs.Acting;

/// <summary>What an undo did.</summary>
/// <param name="Undoing">The run that took the other one back.</param>
public sealed record UndoOutcome(ActOutcome Outcome, StoredRun Undoing);

/// <summary>Records that a run should not have been. Nothing is deleted, and source records stay as they are.</summary>
public sealed class UndoDesk(IRunStore store)
{
    /// <param name="idOrPrefix">Of the run that stands for its date; no later date may rest on it.</param>
    /// <exception cref="ReconException">
    /// <see cref="FaultKind.InputWrong"/>: the run does not stand, or later runs rest on it; <see cref="FaultKind.Busy"/>: the date is being
    /// run, or postings of the pack are being delivered.
    /// </exception>
    public UndoOutcome Undo(string idOrPrefix, Actor actor)
    {
        if (ActLedger.UnderKey(store, actor, act => act.Kind == ActKind.Undo && HexPrefix.Begins(act.Subject, idOrPrefix)) is { } same)
        {
            return Told(same);
        }

        var run = store.FindRun(idOrPrefix) ?? throw new ReconException(
            $"no run {idOrPrefix}; 'recon runs list' shows what there is{HexPrefix.Hint(idOrPrefix)}", FaultKind.NotFound);
        using var claim = store.Claim(run.Head.PackId, run.Head.BusinessDate);
        using var deliveries = store.Claim(run.Head.PackId, Deliverer.ClaimedDate);
        if (store.Acts(run.Head.PackId).LastOrDefault(act => act.Kind == ActKind.Undo && act.Subject == run.Head.Id) is { } undone)
        {
            return actor.Key is null ? Told(new ActOutcome(undone, WasRecorded: true)) : throw new ReconException(
                $"run {run.Head.Id} was undone by {undone.By} on {undone.Day}", FaultKind.InputWrong);
        }

        Demand(Objection(run.Head, store.Runs(run.Head.PackId, int.MaxValue)));
        return Told(store.Act(RequestOf(run, actor)));
    }

    /// <summary>True for an approval that the undoing of a run has made void: the posting waits anew.</summary>
    /// <param name="acts">On the pack, in their order.</param>
    internal static bool IsVoid(Act approval, IReadOnlyList<Act> acts) =>
        UndoneLast(acts, approval.Detail.Facts!.First(fact => fact.Name == "posting").Value) is { } undone && undone.Number > approval.Number;

    /// <summary>What tells an approval from one before the posting was undone; nothing where it never was.</summary>
    internal static IEnumerable<Fact> Since(IReadOnlyList<Act> acts, string posting) =>
        UndoneLast(acts, posting) is { } undone ? [new Fact("undone with run", undone.Subject)] : [];

    static Act? UndoneLast(IReadOnlyList<Act> acts, string posting) =>
        acts.LastOrDefault(act => act.Kind == ActKind.Undo && act.Detail.Facts!.Any(fact => fact.Name == posting));

    ActRequest RequestOf(StoredRun run, Actor actor)
    {
        var head = run.Head;
        var posts = UndonePostings.Of(store.PostingsOfDate(head.PackId, head.BusinessDate), store.EarlierPostings);
        var submission = UndoneRun.Of(
            run.Record, store.Revisions(head.PackId, head.BusinessDate) + 1, store.Opening(head.PackId, head.BusinessDate), posts, actor);
        var act = new Act(
            0, "", "", head.PackId, head.BusinessDate, head.Id, ActKind.Undo, new ActDetail(Facts: [.. posts.Select(FactOf)]), actor.Reason, actor.At,
            actor.By);
        return new ActRequest(act with { Effect = ActLedger.EffectOf(act) }, actor.Key, _ => null)
        {
            ObjectionOfRuns = runs => Objection(head, runs),
            Undoing = new RunUndoing(submission, store.EarlierPostings([.. posts.Select(posting => posting.Key)])),
        };
    }

    static Fact FactOf(Posting posting) => new(posting.Key, posting.State == PostingState.Withdrawn ? "withdrawn" : "reversal queued");

    UndoOutcome Told(ActOutcome outcome)
    {
        var undone = store.FindRun(outcome.Act.Subject)!;
        return new UndoOutcome(outcome, store.FindByKey(UndoneRun.KeyOf(undone.Head.Key))!);
    }

    static void Demand(string? objection)
    {
        if (objection is not null)
        {
            throw new ReconException(objection, FaultKind.InputWrong);
        }
    }

    static string? Objection(RunHead asked, IReadOnlyList<RunHead> runs)
    {
        var now = runs.First(run => run.Id == asked.Id);
        var later = runs.Where(run => run.IsStanding && run.BusinessDate > asked.BusinessDate).OrderBy(run => run.BusinessDate).ToList();
        return now switch
        {
            { State: RunState.Undone } => $"run {now.Id} undoes another one: run {ResultDocument.Iso(now.BusinessDate)} again instead",
            { SupersededBy: { } revision } => $"run {now.Id} does not stand: revision {revision} of {ResultDocument.Iso(now.BusinessDate)} took its place;"
                + " undo that one",
            _ when later.Count > 0 => $"later runs rest on run {now.Id}: {string.Join(", ", later.Take(3).Select(Named))}"
                + $"{(later.Count > 3 ? $" and {later.Count - 3} more" : "")}; undo the newest first, run {later[^1].Id}",
            _ => null,
        };
    }

    static string Named(RunHead run) => $"{run.Id} of {ResultDocument.Iso(run.BusinessDate)}";
}
