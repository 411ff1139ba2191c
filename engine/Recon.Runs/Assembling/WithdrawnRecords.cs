// Records that the superseded revision of the date read, and that the inputs do not deliver any more.
using Recon.Model;
using Recon.Model.Rules;
using Recon.Runs.Identity;
using Recon.Runs.Normalising;
using Recon.Runs.Ports;
using Recon.Runs.Results;

namespace Recon.Runs.Assembling;

/// <summary>
/// One break of class <c>withdrawn</c> a record: it is no row that was read, so it is counted nowhere, weighs nothing and is
/// not carried; but it is listed until a later revision of the date delivers it. An open item's break goes on under its id, of
/// several that of the first leg.
/// </summary>
sealed class WithdrawnRecords
{
    const int IdsShown = 10;

    readonly MatchedRun _run;
    readonly StandingRun _superseded;
    readonly List<Break> _breaks = [];
    readonly List<string> _notices = [];

    WithdrawnRecords(MatchedRun run, StandingRun superseded)
    {
        _run = run;
        _superseded = superseded;
        foreach (var (source, normalised) in run.Sources.Index())
        {
            Compare(run.Input.Request.Pack.Sources[source].Name, normalised);
            CompareReplaced(run.Input.Request.Pack.Sources[source].Name, normalised);
        }

        foreach (var source in Before.Sources.Where(source => run.Sources.All(now => now.Records.Name != source.Name) && source.New > 0))
        {
            _notices.Add($"{source.Name}: revision {Before.Head.Revision} read {Records(source.New)} of it; the pack has no such source any more");
        }
    }

    RunRecord Before => _superseded.Run.Record;

    /// <summary>Breaks by source, then id and leg, and one notice a source.</summary>
    internal static (IReadOnlyList<Break> Breaks, IReadOnlyList<string> Notices) Of(MatchedRun run)
    {
        if (run.Input.Superseded is not { } superseded)
        {
            return ([], []);
        }

        var found = new WithdrawnRecords(run, superseded);
        return (found._breaks, found._notices);
    }

    void Compare(string source, NormalisedSource now)
    {
        var earlier = WithoutResiduals(source, EarlierBreaks(source)).ToList();
        var gone = earlier.Where(item => !IsThere(item.Records[0], now))
            .OrderBy(item => item.Records[0]).ThenBy(item => string.Join('~', item.Leg), StringComparer.Ordinal)
            .DistinctBy(item => item.Records[0]).ToList();
        string[] ids = [.. gone.Select(item => item.Records[0].Id)];
        if (ids.Length == 0)
        {
            return;
        }

        if (gone.Count == earlier.DistinctBy(item => item.Records[0]).Count() && now.Counts.New > 0
            && Before.Head.PackHash != RunKey.PackHash(_run.Input.Request.Pack))
        {
            _notices.Add(
                $"{source}: this pack knows no record by the id that revision {Before.Head.Revision} knew it by;"
                + $" whether its {Records(ids.Length)} are still delivered cannot be told");
            return;
        }

        _breaks.AddRange(gone.Select(item => item with { Weighs = [] }));
        _notices.Add(
            $"{source}: {Records(ids.Length)} that revision {Before.Head.Revision} knew {(ids.Length == 1 ? "is" : "are")} not delivered any more:"
            + $" {Shown(ids)}");
    }

    // An open item stays when its newer version is gone, with what it said before: nothing is missing, so this is a notice only.
    void CompareReplaced(string source, NormalisedSource now)
    {
        var carried = _superseded.Carried.Where(record => record.Source == source).ToHashSet();
        if (Before.Sources.FirstOrDefault(summary => summary.Name == source) is not { } summary
            || !carried.SetEquals(now.Fates.Select(fate => fate.Item.Record)))
        {
            return;
        }

        var taken = summary.Carried + Before.Rejects.Count(reject => IsOfHeld(reject, source));
        var gone = carried.Count - taken - now.Counts.CarriedReplaced;
        if (gone > 0)
        {
            _notices.Add(
                $"{source}: {(gone == 1 ? "1 open item" : $"{gone} open items")} that revision {Before.Head.Revision} read again with other content"
                + $" {(gone == 1 ? "is" : "are")} not read again now: what was known before counts again");
        }
    }

    static bool IsOfHeld(Reject reject, string source) =>
        reject.Source == source && reject.File is null && reject.Reason.StartsWith(CarriedFate.RejectedAs, StringComparison.Ordinal);

    static string Shown(string[] ids) => OneLine.Of(
        string.Join(", ", ids.Take(IdsShown)) + (ids.Length > IdsShown ? $" and {ids.Length - IdsShown} more" : ""), 500);

    /// <summary>A break for each record that the superseded run had and had not from a date before, should it be gone.</summary>
    IEnumerable<Break> EarlierBreaks(string source)
    {
        var open = OpenItems.Of(Before).Where(entry => IsOwn(entry.Record, source)).ToList();
        var isOpen = open.Select(entry => entry.Record.Id).ToHashSet(StringComparer.Ordinal);
        var matched = Before.Matches.Legs.SelectMany(leg => Enumerable.Range(0, leg.Count)
            .SelectMany(match => leg.RecordsOf(match).Select(record => (Leg: leg.Sources, Pass: leg.PassNames[leg.PassOf[match]], Record: record))))
            .Where(entry => IsOwn(entry.Record, source) && isOpen.Add(entry.Record.Id));
        return
        [
            .. Before.Breaks.Where(item => item.Kind == BreakKind.Withdrawn && item.Records[0].Source == source),
            .. open.Select(entry => entry.Break.Kind == BreakKind.Open
                ? Withdrawn(entry.Break, $"it was open, class {entry.Break.Class}")
                : BreakOf(entry.Record, entry.Break.Leg, $"it was one of {entry.Break.Records.Count} records that {entry.Break.Pass} could not tell apart")),
            .. matched.Select(entry => BreakOf(entry.Record, entry.Leg, $"{entry.Pass} matched it")),
            .. Before.Duplicates.Where(duplicate => IsOwn(duplicate.Record, source))
                .Select(duplicate => BreakOf(duplicate.Record, [source], $"{duplicate.Pass} left it out, since it repeats {duplicate.Kept}")),
        ];
    }

    // What is left of a record is no row: it goes with the record, which its first match names, or a run before where that is carried.
    IEnumerable<Break> WithoutResiduals(string source, IEnumerable<Break> breaks)
    {
        if (_run.Input.Request.Pack.Passes.All(pass => pass.Partial is null))
        {
            return breaks;
        }

        List<Break> all = [.. breaks];
        var ids = all.Select(item => item.Records[0].Id).ToHashSet(StringComparer.Ordinal);
        ids.UnionWith(_superseded.Carried.Where(record => record.Source == source)
            .SelectMany(record => new[] { record.Id, ResidualOf.RecordIn(record.Id) }).OfType<string>());
        var left = all.Select(item => item.Records[0].Id).Distinct(StringComparer.Ordinal).ToLookup(ResidualOf.RecordIn);
        return all.Where(item => ResidualOf.RecordIn(item.Records[0].Id) is not { } record || !ids.Contains(record))
            .Select(item => left.Contains(item.Records[0].Id)
                ? item with
                {
                    Reason = $"{item.Reason}; with it goes what was left of it: {Shown([.. left[item.Records[0].Id].Order(StringComparer.Ordinal)])}",
                }
                : item);
    }

    bool IsOwn(RecordId record, string source) => record.Source == source && !_superseded.Carried.Contains(record);

    /// <summary>True where it is a record of this run, or its row was delivered, or an earlier date has settled it since.</summary>
    bool IsThere(RecordId record, NormalisedSource now) =>
        now.Has(record.Id) || now.Delivered.Has(record.Id) || _run.Input.Opening.HasSettled(record);

    Break BreakOf(RecordId record, IReadOnlyList<string> leg, string what)
    {
        var (pack, date) = (_run.Input.Request.Pack.Id, _run.Input.Request.BusinessDate);
        return Withdrawn(
            new Break(
                EventId.Of(pack, leg, [record]), BreakKind.Withdrawn, leg, Pass: null, [record], BuiltInClasses.Withdrawn, Status.Suspicious,
                Tier.Manual, Assign: null, Born: date, Due: null, DatedFrom: date, Reason: "", Differences: [], Value: []),
            what);
    }

    Break Withdrawn(Break item, string what) => item with
    {
        Kind = BreakKind.Withdrawn,
        Class = BuiltInClasses.Withdrawn,
        Status = Status.Suspicious,
        Tier = Tier.Manual,
        Assign = null,
        Due = null,
        Reason = $"the inputs of {ResultDocument.Iso(Before.Head.BusinessDate)} do not deliver it any more; in revision {Before.Head.Revision} {what}",
    };

    static string Records(int count) => count == 1 ? "1 record" : $"{count} records";
}
