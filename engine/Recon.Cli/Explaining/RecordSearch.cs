// Finds what people name: source:id, a bare id, a match, a break or a posting.
using System.Text;
using Recon.Model;
using Recon.Runs;
using Recon.Runs.Results;

namespace Recon.Cli.Explaining;

/// <summary>A record in a table of a decided run.</summary>
/// <param name="Leg">The leg of the match, break or posting by which it was named; null where it was named itself.</param>
/// <param name="Posting">The posting by which it was named.</param>
sealed record FoundRecord(RecordTable Table, int Row, IReadOnlyList<string>? Leg = null, Posting? Posting = null);

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
