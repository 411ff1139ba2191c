// Finds what people name: source:id, a bare id, a match, a break or a posting.
using System.Text;
using Recon.Model;
using Recon.Model.Rules;
using Recon.Reports.Sections;
using Recon.Runs;
using Recon.Runs.Ports;
using Recon.Runs.Results;

namespace Recon.Cli.Commands;

/// <summary>A record in a table of a decided run.</summary>
/// <param name="Leg">The leg of the match, break or posting by which it was named; null where it was named itself.</param>
/// <param name="Posting">The posting by which it was named.</param>
sealed record FoundRecord(RecordTable Table, int Row, IReadOnlyList<string>? Leg = null, Posting? Posting = null);

/// <summary>What is known of one id: a record of the run, or what became of it elsewhere.</summary>
sealed record Answer(FoundRecord? Record, IReadOnlyList<string> Lines, IReadOnlyList<Section> Sections)
{
    internal bool IsKnown => Record is not null || Lines.Count > 0 || Sections.Count > 0;

    /// <exception cref="UsageException">The id stands for several things.</exception>
    internal static Answer To(string id, IRunStore store, DecidedRun decided)
    {
        if (RecordSearch.Find(id, decided) is { } record)
        {
            return new Answer(record, [], []);
        }

        var history = new RecordedSearch(store, decided);
        var lines = history.LinesOf(id).ToList();
        return new Answer(null, lines, lines.Count > 0 ? [] : [.. history.EventsOf(id)]);
    }
}

/// <summary>Looks through the tables and events of a decided run.</summary>
static class RecordSearch
{
    const int LeastDigits = 4;

    /// <exception cref="UsageException">The bare id stands in two sources, or begins two events.</exception>
    internal static FoundRecord? Find(string text, DecidedRun decided)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon > 0 && decided.Tables.FirstOrDefault(table => table.Name == text[..colon]) is RecordTable named)
        {
            return In(decided, named, text[(colon + 1)..]);
        }

        var found = decided.Tables.Select(table => In(decided, table, text)).OfType<FoundRecord>().ToList();
        return found.Count switch
        {
            0 => IsEventId(text) ? OfEvent(text, decided) : null,
            1 => found[0],
            _ => throw new UsageException(
                $"{text} is in {string.Join(" and ", found.Select(record => record.Table.Name))}; write {found[0].Table.Name}:{text}"),
        };
    }

    /// <summary>True for what can begin the id of a match, break or posting.</summary>
    internal static bool IsEventId(string text) => text.Length >= LeastDigits && text.All(char.IsAsciiHexDigitLower);

    static FoundRecord? In(DecidedRun decided, RecordTable table, string id) =>
        table.RowOf(Encoding.UTF8.GetBytes(id)) is >= 0 and var row ? new FoundRecord(table, row) : ResidualIn(decided, table, id);

    // What this run left open of a record stands on one leg.
    static FoundRecord? ResidualIn(DecidedRun decided, RecordTable table, string id)
    {
        foreach (var leg in decided.Matches.Legs.Where(leg => leg.Leg.SideOf(table.Name) >= 0))
        {
            var side = leg.Leg.SideOf(table.Name);
            if (leg.ResidualsOf(side).Index().FirstOrDefault(each => each.Item.Of.Id == id) is { Item: not null } found)
            {
                return new FoundRecord(leg.TableOf(side, table), table.Count + found.Index, leg.Leg.Names);
            }
        }

        return null;
    }

    static FoundRecord? OfEvent(string id, DecidedRun decided)
    {
        var record = decided.Submission.Record;
        bool Begins(string full) => full.StartsWith(id, StringComparison.Ordinal);
        var posts = record.Posts.Where(post => Begins(post.Key)).ToList();
        var breaks = record.Breaks.Where(item => Begins(item.Id)).ToList();
        var ids = posts.Select(post => post.Key).Concat(breaks.Select(item => item.Id)).Distinct().ToList();
        if (ids.Count > 1)
        {
            throw new UsageException($"{id} begins {string.Join(" and ", ids.Take(5))}; write more of it");
        }

        if (posts is [var posting])
        {
            var leg = record.Breaks.FirstOrDefault(item => item.Id == posting.Break)?.Leg;
            return First(posting.Records, leg, decided) is { } named ? named with { Posting = posting } : null;
        }

        if (breaks is [var broken])
        {
            return First(broken.Records, broken.Leg, decided);
        }

        var match = MatchView.All(record).FirstOrDefault(match => Begins(match.Id));
        return match is null ? null : First(match.Records, match.Leg, decided);
    }

    static FoundRecord? First(IReadOnlyList<RecordId> members, IReadOnlyList<string>? leg, DecidedRun decided) =>
        decided.Tables.FirstOrDefault(table => table.Name == members[0].Source) is { } table
            && In(decided, table, members[0].Id) is { } found
            ? found with { Leg = leg ?? found.Leg }
            : null;
}

/// <summary>Looks for what is no record now: rejected and excluded rows, and what recorded runs said.</summary>
sealed class RecordedSearch(IRunStore store, DecidedRun decided)
{
    readonly RunRecord _now = decided.Submission.Record;

    readonly IReadOnlyList<RunHead> _runs = store.Runs(decided.Submission.Record.Head.PackId, int.MaxValue);

    /// <summary>Every fact about a record that is in no table: it may be settled, and its row refused now.</summary>
    internal IEnumerable<string> LinesOf(string id)
    {
        var named = decided.Tables.FirstOrDefault(table => id.StartsWith(table.Name + ":", StringComparison.Ordinal))?.Name;
        var bare = named is null ? id : id[(named.Length + 1)..];
        bool IsNamed(Break item) => item.Records.Any(record => record.ToString() == id || (record.Id == bare && record.Source == (named ?? record.Source)));
        foreach (var item in _now.Breaks.Where(IsNamed).Concat(WithdrawnElsewhere().Where(IsNamed)))
        {
            yield return item.Kind == BreakKind.Withdrawn
                ? $"{item.Records[0]} is withdrawn, break {item.Id}: {item.Reason}"
                : $"{item.Records[0]} is open on {string.Join(" ~ ", item.Leg)}, break {item.Id}: {item.Reason}";
        }

        var whole = ResidualOf.RecordIn(bare);
        foreach (var item in _now.Breaks.Where(item => item.Kind == BreakKind.Withdrawn && item.Records[0].Id == whole
            && (named is null || item.Records[0].Source == named)))
        {
            yield return $"{item.Records[0].Source}:{bare} was left of {item.Records[0]}, which is withdrawn, break {item.Id}: {item.Reason}";
        }

        var sources = decided.Sources.Where(source => named is null || source.Records.Name == named).ToList();
        foreach (var source in sources)
        {
            var member = new RecordId(source.Records.Name, bare);
            foreach (var reject in source.Rejects.Where(reject => reject.Id == bare))
            {
                var place = reject.File is null ? "" : $" ({reject.File}:{reject.Line})";
                yield return $"{member} was rejected{place}: {reject.Reason}";
            }

            if (source.PlaceOfExcluded(bare) is { } excludedAt)
            {
                yield return $"{member} was read ({excludedAt}) and excluded, where this does not hold: {source.Exclusions[0].Condition}";
            }

            if (Settled(member) is { } settled)
            {
                yield return settled;
            }
        }
    }

    IEnumerable<Break> WithdrawnElsewhere() => store
        .Breaks(BreakQuery.All with { PackId = _now.Head.PackId, Class = BuiltInClasses.Withdrawn }).Breaks
        .Where(item => item.BusinessDate != _now.Head.BusinessDate).Select(item => item.Break);

    /// <summary>The newest recorded run that has a break, match or posting with an id that begins so.</summary>
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
            var run = RecordedSections.Named(head, _runs);
            List<Section> found =
            [
                .. record.Posts.Where(post => Begins(post.Key)).Select(post => RecordedSections.Of(post, run, StateNow(post))),
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

    PostingState? StateNow(Posting post) =>
        store.EarlierPostings([post.Key]).GetValueOrDefault(post.Key) is { } now && now.Effect == post.Effect ? now.State : null;

    string? Settled(RecordId member)
    {
        foreach (var head in _runs.Where(head => head.BusinessDate <= _now.Head.BusinessDate && head.Id != _now.Head.Id))
        {
            var record = store.FindRun(head.Id)!.Record;
            if (record.Duplicates.FirstOrDefault(found => found.Record == member) is { } duplicate)
            {
                return $"{member} was left out by {RecordedSections.Named(head, _runs)}: pass {duplicate.Pass} found that it"
                    + $" repeats {member.Source}:{duplicate.Kept}";
            }

            if (MatchView.Of(record, member).FirstOrDefault() is { } match)
            {
                return $"{member} was settled by {RecordedSections.Named(head, _runs)}: matched by {match.Pass},"
                    + $" class {match.Class}, with {RunSections.RecordNames(match.Records)}";
            }
        }

        return null;
    }
}
