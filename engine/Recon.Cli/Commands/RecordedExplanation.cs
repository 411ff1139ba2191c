// What recorded runs say of a record or an event, where it cannot be found by deciding anew.
using Recon.Model;
using Recon.Reports.Sections;
using Recon.Runs.Ports;
using Recon.Runs.Results;

namespace Recon.Cli.Commands;

/// <summary>Looks through the runs that stand for their dates, the newest date first.</summary>
sealed class RecordedExplanation(IRunStore store)
{
    readonly IReadOnlyList<RunHead> _runs = store.Runs(packId: null, int.MaxValue);

    /// <param name="date">Null: of every date.</param>
    /// <returns>The run that knows the id, with what it says; null where none does.</returns>
    internal (RunHead Run, IReadOnlyList<Section> Sections)? Of(string id, DateOnly? date)
    {
        foreach (var head in RunHead.Standing(_runs).Where(run => date is null || run.BusinessDate == date))
        {
            if (SectionsOf(id, head) is { Count: > 0 } sections)
            {
                return (head, sections);
            }
        }

        return null;
    }

    List<Section> SectionsOf(string id, RunHead head)
    {
        var record = store.FindRun(head.Id)!.Record;
        var run = RecordedSections.Named(head, _runs.Where(other => other.PackId == head.PackId));
        List<RecordId> members = [.. MembersOf(id, record)];
        bool IsEvent(string full) => RecordSearch.IsEventId(id) && full.StartsWith(id, StringComparison.Ordinal);
        bool IsNamed(IEnumerable<RecordId> records) => records.Any(members.Contains);
        List<Section> found =
        [
            .. record.Posts.Where(post => IsEvent(post.Key) || IsNamed(post.Records)).Select(post => RecordedSections.Of(post, run)),
            .. record.Breaks.Where(item => IsEvent(item.Id) || IsNamed(item.Records)).Select(item => RecordedSections.Of(item, run)),
            .. members.SelectMany(member => MatchView.Of(record, member)).Where(match => match.Break is null)
                .Select(match => RecordedSections.Of(match, run)),
            .. record.Duplicates.Where(duplicate => members.Contains(duplicate.Record)).Select(duplicate => RecordedSections.Of(duplicate, run)),
            .. record.Rejects.Where(reject => reject.Id is not null && members.Contains(new RecordId(reject.Source, reject.Id)))
                .Select(reject => RecordedSections.Of(reject, run)),
        ];
        return found.Count > 0 || !RecordSearch.IsEventId(id)
            ? found
            : [.. MatchView.All(record).Where(match => IsEvent(match.Id)).Select(match => RecordedSections.Of(match, run))];
    }

    static IEnumerable<RecordId> MembersOf(string id, RunRecord record)
    {
        var named = record.Sources.FirstOrDefault(source => id.StartsWith(source.Name + ":", StringComparison.Ordinal));
        return named is null
            ? record.Sources.Select(source => new RecordId(source.Name, id))
            : [new RecordId(named.Name, id[(named.Name.Length + 1)..])];
    }
}
