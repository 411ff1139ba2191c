// Looks for what is no record now: rejected and excluded rows, and what recorded runs said.
using Recon.Model;
using Recon.Model.Acts;
using Recon.Model.Rules;
using Recon.Reports.Sections;
using Recon.Runs;
using Recon.Runs.Normalising;
using Recon.Runs.Ports;
using Recon.Runs.Results;

namespace Recon.Cli.Explaining;

/// <summary>Looks for what is no record now: rejected and excluded rows, and what recorded runs said.</summary>
sealed class RecordedSearch(IRunStore store, DecidedRun decided)
{
    readonly RunRecord _now = decided.Submission.Record;

    // What stands answers before what is superseded.
    readonly List<RunHead> _runs = [.. RunHead.StandingFirst(store.Runs(decided.Submission.Record.Head.PackId, int.MaxValue))];

    /// <summary>Every fact about a record that is in no table: it may be settled, and its row refused now.</summary>
    internal IEnumerable<Fact> FactsOf(string id)
    {
        var named = decided.Tables.FirstOrDefault(table => id.StartsWith(table.Name + ":", StringComparison.Ordinal))?.Name;
        var bare = named is null ? id : id[(named.Length + 1)..];
        bool IsNamed(Break item) => item.Records.Any(record => record.ToString() == id || (record.Id == bare && record.Source == (named ?? record.Source)));
        var whole = ResidualOf.RecordIn(bare);
        bool IsOfWhole(Break item) => item.Kind == BreakKind.Withdrawn && item.Records[0].Id == whole
            && (named is null || item.Records[0].Source == named);
        return
        [
            .. _now.Breaks.Where(IsNamed).Select(item => Fact.Decided(LineOf(item))),
            .. WithdrawnElsewhere().Where(IsNamed).Select(item => Fact.Recorded(LineOf(item))),
            .. _now.Breaks.Where(IsOfWhole).Select(item => Fact.Decided(
                $"{item.Records[0].Source}:{bare} was left of {item.Records[0]}, which is withdrawn, break {item.Id}: {item.Reason}")),
            .. decided.Sources.Where(source => named is null || source.Records.Name == named).SelectMany(source => FactsOf(source, bare)),
        ];
    }

    static string LineOf(Break item) => item.Kind == BreakKind.Withdrawn
        ? $"{item.Records[0]} is withdrawn, break {item.Id}: {item.Reason}"
        : $"{item.Records[0]} is open on {string.Join(" ~ ", item.Leg)}, break {item.Id}: {item.Reason}";

    IEnumerable<Fact> FactsOf(NormalisedSource source, string id)
    {
        var member = new RecordId(source.Records.Name, id);
        foreach (var reject in source.Rejects.Where(reject => reject.Id == id))
        {
            var place = reject.File is null ? "" : $" ({reject.File}:{reject.Line})";
            yield return Fact.Decided($"{member} was rejected{place}: {reject.Reason}");
        }

        if (source.PlaceOfExcluded(id) is { } excludedAt)
        {
            yield return Fact.Decided($"{member} was read ({excludedAt}) and excluded, where this does not hold: {source.Exclusions[0].Condition}");
        }

        if (Settled(member) is { } settled)
        {
            yield return Fact.Recorded(settled);
        }
    }

    IEnumerable<Break> WithdrawnElsewhere() => store
        .Breaks(BreakQuery.All with { PackId = _now.Head.PackId, Class = BuiltInClasses.Withdrawn }).Breaks
        .Where(item => item.BusinessDate != _now.Head.BusinessDate).Select(item => item.Break);

    /// <summary>What is said of a break, match or posting with an id that begins so, by the first run that has it.</summary>
    internal IEnumerable<Section> EventsOf(string id)
    {
        if (!RecordSearch.IsEventId(id))
        {
            return [];
        }

        bool Begins(string full) => full.StartsWith(id, StringComparison.Ordinal);
        foreach (var head in _runs)
        {
            var record = store.FindRun(head.Id)!.Record;
            var run = RecordedSections.Named(head);
            List<Section> found =
            [
                .. record.Posts.Where(post => Begins(post.Key)).Select(post => RecordedSections.Of(post, run, StateNow(store, post))),
                .. record.Breaks.Where(item => Begins(item.Id)).Select(item => RecordedSections.Of(item, run)),
            ];
            if (found.Count == 0)
            {
                found.AddRange(MatchView.All(record).Where(match => Begins(match.Id)).Select(match => RecordedSections.Of(match, run)));
            }

            if (found.Count > 0)
            {
                return found;
            }
        }

        return [];
    }

    string WhoMatched(MatchView match) => BuiltInPasses.IsByHand(match.Pass)
        && store.Acts(_now.Head.PackId).LastOrDefault(act => act.Kind == ActKind.Match && act.Subject == match.Id) is { } act
            ? $"; {act.By} did it on {act.Day}: {act.Reason}"
            : "";

    /// <summary>The state to which a posting has come since it was decided; null where the store does not have it.</summary>
    internal static PostingState? StateNow(IRunStore store, Posting post) =>
        store.EarlierPostings([post.Key]).GetValueOrDefault(post.Key) is { } now && now.Effect == post.Effect ? now.State : null;

    string? Settled(RecordId member)
    {
        foreach (var head in _runs.Where(head => head.BusinessDate <= _now.Head.BusinessDate && head.Id != _now.Head.Id))
        {
            var record = store.FindRun(head.Id)!.Record;
            if (record.Duplicates.FirstOrDefault(found => found.Record == member) is { } duplicate)
            {
                return $"{member} was left out by {RecordedSections.Named(head)}: pass {duplicate.Pass} found that it"
                    + $" repeats {member.Source}:{duplicate.Kept}";
            }

            if (MatchView.Of(record, member).FirstOrDefault() is { } match)
            {
                return $"{member} was settled by {RecordedSections.Named(head)}: matched by {match.Pass},"
                    + $" class {match.Class}, with {RunSections.RecordNames(match.Records)}{WhoMatched(match)}";
            }
        }

        return null;
    }
}
