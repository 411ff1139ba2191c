// What recorded runs say of a record or an event, where it cannot be found by deciding anew.
using Recon.Model;
using Recon.Reports.Sections;
using Recon.Runs.Ports;
using Recon.Runs.Results;

namespace Recon.Cli.Explaining;

/// <summary>Looks through the runs that stand for their dates, the newest date first.</summary>
sealed class RecordedExplanation(IRunStore store)
{
    readonly List<RunHead> _standing = [.. RunHead.Standing(store.Runs(packId: null, int.MaxValue))];

    /// <param name="date">Null: of every date.</param>
    /// <returns>The run that knows the id, with what it says; null where none does.</returns>
    internal (RunHead Run, IReadOnlyList<Section> Sections)? Of(string id, DateOnly? date)
    {
        foreach (var head in _standing.Where(run => date is null || run.BusinessDate == date))
        {
            if (SectionsOf(id, head) is { Count: > 0 } sections)
            {
                return (head, sections);
            }
        }

        return null;
    }

    /// <summary>The newest date on which all of the ids went before the passes of a pack together; null where there is none.</summary>
    /// <param name="until">The last date that may be.</param>
    internal DateOnly? DateTogether(string packId, IReadOnlyList<string> ids, DateOnly until) => _standing
        .Where(run => run.PackId == packId && run.BusinessDate <= until)
        .Where(run => store.FindRun(run.Id)!.Record is var record && ids.All(id => TakesPart(new RecordedId(id, record), record)))
        .Select(run => (DateOnly?)run.BusinessDate).FirstOrDefault();

    static bool TakesPart(RecordedId id, RunRecord record) =>
        record.Breaks.Any(item => item.Kind != BreakKind.Withdrawn && (id.IsEvent(item.Id) || id.IsAmong(item.Records)))
        || id.Members.Any(member => MatchView.Of(record, member).Any())
        || record.Duplicates.Any(duplicate => id.IsMember(duplicate.Record))
        || id.Events().Any();

    List<Section> SectionsOf(string text, RunHead head)
    {
        var record = store.FindRun(head.Id)!.Record;
        var run = RecordedSections.Named(head);
        var id = new RecordedId(text, record);
        List<Section> found =
        [
            .. record.Posts.Where(post => id.IsEvent(post.Key) || id.IsAmong(post.Records)).Select(post => RecordedSections.Of(post, run)),
            .. record.Breaks.Where(item => id.IsEvent(item.Id) || id.IsAmong(item.Records)).Select(item => RecordedSections.Of(item, run)),
            .. id.Members.SelectMany(member => MatchView.Of(record, member)).Where(match => match.Break is null)
                .Select(match => RecordedSections.Of(match, run)),
            .. record.Duplicates.Where(duplicate => id.IsMember(duplicate.Record)).Select(duplicate => RecordedSections.Of(duplicate, run)),
            .. record.Rejects.Where(reject => reject.Id is not null && id.IsMember(new RecordId(reject.Source, reject.Id)))
                .Select(reject => RecordedSections.Of(reject, run)),
        ];
        return found.Count > 0 ? found : [.. id.Events().Select(match => RecordedSections.Of(match, run))];
    }
}

/// <summary>What one id can stand for in a recorded run.</summary>
sealed class RecordedId(string text, RunRecord record)
{
    /// <summary>The records that it can name, whether the run had them or not.</summary>
    internal IReadOnlyList<RecordId> Members { get; } =
        record.Sources.FirstOrDefault(source => text.StartsWith(source.Name + ":", StringComparison.Ordinal)) is { } named
            ? [new RecordId(named.Name, text[(named.Name.Length + 1)..])]
            : [.. record.Sources.Select(source => new RecordId(source.Name, text))];

    internal bool IsMember(RecordId other) => Members.Contains(other);

    internal bool IsAmong(IEnumerable<RecordId> records) => records.Any(IsMember);

    internal bool IsEvent(string full) => RecordSearch.IsEventId(text) && full.StartsWith(text, StringComparison.Ordinal);

    /// <summary>The matches that it begins, be they breaks or none.</summary>
    internal IEnumerable<MatchView> Events() => RecordSearch.IsEventId(text) ? MatchView.All(record).Where(match => IsEvent(match.Id)) : [];
}
