// What people may do about a break: each act with its conditions.
using Recon.Model;
using Recon.Model.Acts;
using Recon.Model.Rules;
using Recon.Runs.Identity;
using Recon.Runs.Ports;
using Recon.Runs.Results;

namespace Recon.Runs.Acting;

/// <summary>Who acts, why, when and under which key.</summary>
/// <param name="Reason">Null where none was given.</param>
/// <param name="Key">Null: the key is derived.</param>
public sealed record Actor(string By, string? Reason, DateTimeOffset At, string? Key);

/// <summary>Records what people do about breaks.</summary>
/// <remarks>Every method gives what was recorded before where the same is asked again, and throws where it is not possible.</remarks>
public sealed class BreakDesk(IRunStore store)
{
    /// <param name="to">Null: nobody works on it any more.</param>
    public ActOutcome Assign(string breakId, string? to, Actor actor) =>
        Record(breakId, ActKind.Assign, new ActDetail(Text: to), actor, (_, _) => null);

    public ActOutcome Comment(string breakId, string text, Actor actor) =>
        Record(breakId, ActKind.Comment, new ActDetail(Text: text), actor, (_, _) => null);

    public ActOutcome Label(string breakId, string label, Actor actor) =>
        Record(breakId, ActKind.Label, new ActDetail(Text: label), actor, (_, _) => null);

    public ActOutcome Unlabel(string breakId, string label, Actor actor) =>
        Record(breakId, ActKind.Unlabel, new ActDetail(Text: label), actor, (found, acts) =>
            BreakWork.LabelsOf(acts) is var labels && labels.Contains(label) ? null
                : $"break {found.Break.Id} does not have the label {label}; {(labels.Count == 0 ? "it has none" : "it has " + string.Join(", ", labels))}");

    /// <summary>The class holds until another day; a class whose deadline has passed holds again. The next run judges by it.</summary>
    public ActOutcome Extend(string breakId, DateOnly until, Actor actor) =>
        Record(breakId, ActKind.Extend, new ActDetail(Until: until), actor, (found, acts) =>
            NotStanding(found) ?? ResolvedBy(found, acts)
            ?? ((found.Break.Due ?? found.Break.WasDue) is not { } due
                    ? $"break {found.Break.Id} has no deadline: its class {found.Break.Class} holds for ever"
                : until <= found.BusinessDate
                    ? $"{ResultDocument.Iso(until)} is not after {ResultDocument.Iso(found.BusinessDate)}, the date of the last run; name a later day"
                : until == due && acts.All(act => act.Kind != ActKind.Extend)
                    ? $"break {found.Break.Id} is due {ResultDocument.Iso(due)} already"
                : null));

    /// <summary>Closes a break. It stays closed in later runs until one of its facts is another.</summary>
    public ActOutcome Resolve(string breakId, Actor actor) =>
        Record(breakId, ActKind.Resolve, new ActDetail(), actor, (found, acts) =>
            NotStanding(found) ?? ResolvedBy(found, acts)
            ?? (found.Break is { IsSettled: true, Class: not BuiltInClasses.Resolved }
                ? $"break {found.Break.Id} is settled already, by the rule {found.Break.Class}" : null));

    public ActOutcome Reopen(string breakId, Actor actor) =>
        Record(breakId, ActKind.Reopen, new ActDetail(), actor, (found, acts) => NotStanding(found)
            ?? (LastWord(acts) is not { Kind: ActKind.Resolve } ? $"break {found.Break.Id} was not resolved by a person: there is nothing to reopen" : null));

    internal static StoredBreak Find(IRunStore store, string idOrPrefix) => store.FindBreak(idOrPrefix)
        ?? throw new ReconException(
            $"no break {idOrPrefix}; 'recon breaks list' shows what there is{HexPrefix.Hint(idOrPrefix)}", FaultKind.NotFound);

    // What people may not decide about: no run has it any more, or a run closed it.
    internal static string? NotStanding(StoredBreak found) => found switch
    {
        { SupersededBy: { State: RunState.Undone } } => $"break {found.Break.Id} is in no run that stands: run {found.RunId} was undone",
        { SupersededBy: { } standing } => $"break {found.Break.Id} is in no run that stands: revision {standing.Revision} of"
            + $" {ResultDocument.Iso(found.BusinessDate)} does not have it",
        { ClosedBy: { } run } => $"break {found.Break.Id} is closed: run {run} says so",
        _ => null,
    };

    internal static string? ResolvedBy(StoredBreak found, IReadOnlyList<Act> acts) => new Decisions(acts).ClosingOf(found.Break) is { } word
        ? $"break {found.Break.Id} is resolved already, by {word.By} on {word.Day}: {word.Reason}"
        : null;

    static Act? LastWord(IReadOnlyList<Act> acts) => acts.LastOrDefault(act => act.Kind is ActKind.Resolve or ActKind.Reopen);

    /// <param name="said">What the person says; what a decision rests on is added.</param>
    /// <param name="objection">Given the break as it was found and the acts on it as of the moment of recording.</param>
    ActOutcome Record(
        string idOrPrefix, ActKind kind, ActDetail said, Actor actor, Func<StoredBreak, IReadOnlyList<Act>, string?> objection)
    {
        if (ActLedger.UnderKey(store, actor, earlier => (earlier.Kind, earlier.Detail.Text, earlier.Detail.Until) == (kind, said.Text, said.Until)
            && HexPrefix.Begins(earlier.Subject, idOrPrefix)) is { } done)
        {
            return done;
        }

        var found = Find(store, idOrPrefix);
        var detail = kind == ActKind.Resolve ? said with { Facts = BreakFacts.Of(found.Break) } : said;
        var act = new Act(
            0, "", "", found.PackId, found.BusinessDate, found.Break.Id, kind, detail, actor.Reason, actor.At, actor.By);
        return store.Act(new ActRequest(
            act with { Effect = ActLedger.EffectOf(act) }, actor.Key, acts => objection(found, [.. acts.Where(each => each.Subject == act.Subject)]))
        {
            Holding = acts => LabelledBy(act, acts.Where(each => each.Subject == act.Subject)),
        });
    }

    // A label is on or off, whoever put it there.
    static Act? LabelledBy(Act wanted, IEnumerable<Act> acts) => wanted.Kind is ActKind.Label or ActKind.Unlabel
        && acts.LastOrDefault(act => act.Kind is ActKind.Label or ActKind.Unlabel && act.Detail.Text == wanted.Detail.Text) is { } last
        && last.Kind == wanted.Kind ? last : null;
}
