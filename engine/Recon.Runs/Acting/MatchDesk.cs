// What people may do about matches: make one of open records, and take one apart.
using Recon.Model;
using Recon.Model.Acts;
using Recon.Runs.Identity;
using Recon.Runs.Ports;
using Recon.Runs.Results;

namespace Recon.Runs.Acting;

/// <summary>Records what people say about which records are one event.</summary>
public sealed class MatchDesk(IRunStore store)
{
    /// <summary>Matches open records of one leg by hand; the next run takes it before any pass.</summary>
    /// <param name="packId">Null where the records are known in one pack only.</param>
    /// <param name="records"><c>source:id</c>, or an id that one source knows.</param>
    /// <exception cref="ReconException">A record is not open, or they are not of one leg.</exception>
    public ActOutcome Match(string? packId, IReadOnlyCollection<string> records, Actor actor)
    {
        if (ActLedger.UnderKey(store, actor, act => act.Kind == ActKind.Match && (packId ?? act.PackId) == act.PackId
            && Names(records, act.Detail.Records!)) is { } done)
        {
            return done;
        }

        var (run, items) = OpenItemsOf(packId, records);
        var (leg, breaks) = LegOf(items);
        CarriedItem[] members =
        [
            .. items.DistinctBy(item => item.Record).OrderBy(item => leg.ToList().IndexOf(item.Record.Source)).ThenBy(item => item.Record),
        ];
        var ids = members.Select(item => item.Record).ToList();
        var detail = new ActDetail(
            Facts: [.. members.Select(item => new Fact(item.Record.ToString(), RecordContent.Of(item)))], Leg: leg, Records: ids);
        var subject = EventId.Of(run.PackId, leg, ids);
        var found = breaks.Select(store.FindBreak).OfType<StoredBreak>().ToList();
        return Record(run, subject, ActKind.Match, detail, actor, acts =>
            new Decisions(acts) is var decisions ? TakenIn(decisions, subject, leg, ids) ?? ResolvedIn(decisions, found) : null);
    }

    /// <summary>Takes a match apart: no later run finds just its records again by rule, until one of them is changed.</summary>
    /// <param name="idOrPrefix">A match id, or the first digits of one.</param>
    /// <exception cref="ReconException">No run that stands has such a match.</exception>
    public ActOutcome Unmatch(string idOrPrefix, Actor actor)
    {
        if (ActLedger.UnderKey(store, actor, act => act.Kind == ActKind.Unmatch && HexPrefix.Begins(act.Subject, idOrPrefix)) is { } done)
        {
            return done;
        }

        var (run, id, leg, records) = Find(idOrPrefix);
        var after = store.Opening(run.PackId, run.BusinessDate.AddDays(1));
        return Record(
            run, id, ActKind.Unmatch, new ActDetail(Facts: [.. records.Select(record => ContentOf(after, record))], Leg: leg, Records: records), actor,
            acts => acts.LastOrDefault(act => act.Subject == id) is { Kind: ActKind.Unmatch } before
                ? $"match {id} was taken apart by {before.By} on {before.Day}" : null);
    }

    // Each of the records, and no other.
    static bool Names(IReadOnlyCollection<string> names, IReadOnlyList<RecordId> records) =>
        names.All(name => records.Any(record => IsNamed(record, name))) && records.All(record => names.Any(name => IsNamed(record, name)));

    static bool IsNamed(RecordId record, string name) => record.ToString() == name || record.Id == name;

    static string? TakenIn(Decisions decisions, string subject, IReadOnlyList<string> leg, List<RecordId> ids) => decisions.Matched
        .Where(act => act.Subject != subject && act.Detail.Leg!.SequenceEqual(leg))
        .Select(act => act.Detail.Records!.FirstOrDefault(ids.Contains) is { } taken
            ? $"{taken} is matched by hand already, by {act.By} on {act.Day}; 'recon unmatch {act.Subject}' takes that apart"
            : null)
        .FirstOrDefault(told => told is not null);

    // What a person closed is not matched by the way.
    static string? ResolvedIn(Decisions decisions, List<StoredBreak> breaks) =>
        breaks.Find(found => decisions.ClosingOf(found.Break) is not null) is { } resolved
            ? $"{resolved.Break.Records[0]} is resolved, break {resolved.Break.Id}; 'recon breaks reopen' opens it"
            : null;

    (RunHead Run, List<CarriedItem> Items) OpenItemsOf(string? packId, IReadOnlyCollection<string> names)
    {
        var packs = RunHead.Standing(store.Runs(packId, int.MaxValue)).DistinctBy(run => run.PackId)
            .Select(run => (Run: run, store.Opening(run.PackId, DateOnly.MaxValue).Items)).ToList();
        var found = names.Select(name => (Name: name, Items: packs.SelectMany(pack => pack.Items
            .Where(item => IsNamed(item.Record, name)).Select(item => (pack.Run, Item: item))).ToList())).ToList();
        foreach (var (name, items) in found)
        {
            if (items.Count != 1)
            {
                throw new ReconException(
                    items.Count == 0
                        ? $"{name} is not open in the newest run; 'recon explain {name}' says what became of it"
                        : $"{name} is in several places: {string.Join(", ", items.Select(item => $"{item.Item.Record} of {item.Run.PackId}"))}",
                    FaultKind.NotFound);
            }

            if (items[0].Item.Residual is not null)
            {
                throw new ReconException($"{name} is what was left of a record; only whole records are matched by hand", FaultKind.InputWrong);
            }
        }

        var runs = found.Select(entry => entry.Items[0].Run).Distinct().ToList();
        return runs.Count == 1
            ? (runs[0], found.ConvertAll(entry => entry.Items[0].Item))
            : throw new ReconException($"the records are of several packs: {string.Join(", ", runs.Select(run => run.PackId))}", FaultKind.InputWrong);
    }

    // The leg whose sources are just those of the records, on which all are open.
    static (IReadOnlyList<string> Leg, List<string> Breaks) LegOf(List<CarriedItem> items)
    {
        var sources = items.Select(item => item.Record.Source).ToHashSet(StringComparer.Ordinal);
        if (sources.Count < 2)
        {
            throw new ReconException($"the records are all of {sources.First()}; a match joins records of each source of a leg", FaultKind.InputWrong);
        }

        var legs = items.Select(item => item.OpenLegs.FirstOrDefault(open => sources.SetEquals(open.Leg))).ToList();
        return legs.FindIndex(open => open is null) is >= 0 and var missing
            ? throw new ReconException(
                $"{items[missing].Record} is open on {string.Join(", ", items[missing].OpenLegs.Select(open => string.Join(" ~ ", open.Leg)))};"
                    + " a match needs records of each source of one leg on which all are open",
                FaultKind.InputWrong)
            : (legs[0]!.Leg, legs.ConvertAll(open => open!.Break));
    }

    /// <exception cref="ReconException"><see cref="FaultKind.NotFound"/>: there is none, or several begin so.</exception>
    FoundMatch Find(string idOrPrefix)
    {
        var standing = RunHead.Standing(store.Runs(null, int.MaxValue)).ToList();
        var (purged, found) = (0, new List<FoundMatch>());
        foreach (var run in standing)
        {
            var record = store.FindRun(run.Id)!.Record;
            purged += record.Matches.Purged is null ? 0 : 1;
            found.AddRange(MatchView.All(record).Where(match => HexPrefix.Begins(match.Id, idOrPrefix))
                .Select(match => new FoundMatch(run, match.Id, match.Leg, match.Records)));
            if (found.Exists(match => match.Id.Length == idOrPrefix.Length))
            {
                break;
            }
        }

        // And what no run has taken yet.
        found.AddRange(standing.DistinctBy(run => run.PackId).SelectMany(run => new Decisions(store.Acts(run.PackId)).Matched
            .Where(act => HexPrefix.Begins(act.Subject, idOrPrefix))
            .Select(act => new FoundMatch(run, act.Subject, act.Detail.Leg!, act.Detail.Records!))));
        return HexPrefix.Only(idOrPrefix, "matches", [.. found.DistinctBy(match => match.Id)], match => match.Id) ?? throw new ReconException(
            $"no run that stands has a match {idOrPrefix}" + (purged == 0 ? "" : $"; the matches of {purged} of them were purged, and may have had it")
                + HexPrefix.Hint(idOrPrefix),
            FaultKind.NotFound);
    }

    sealed record FoundMatch(RunHead Run, string Id, IReadOnlyList<string> Leg, IReadOnlyList<RecordId> Records);

    static Fact ContentOf(OpeningState after, RecordId record) => new(
        record.ToString(),
        RecordContent.OfSettled(after, record)
            ?? after.Items.Where(item => item.Record == record).Select(RecordContent.Of).FirstOrDefault()
            ?? throw new ReconException($"{record} is left of a record or of a run that does not stand; it cannot be taken apart", FaultKind.InputWrong));

    ActOutcome Record(
        RunHead run, string subject, ActKind kind, ActDetail detail, Actor actor, Func<IReadOnlyList<Act>, string?> objection)
    {
        var act = new Act(0, "", "", run.PackId, run.BusinessDate, subject, kind, detail, actor.Reason, actor.At, actor.By);
        return store.Act(new ActRequest(act with { Effect = ActLedger.EffectOf(act) }, actor.Key, objection));
    }
}
