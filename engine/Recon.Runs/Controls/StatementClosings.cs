// What the next run compares opening balances with.
using Recon.Model;
using Recon.Runs.Results;

namespace Recon.Runs.Controls;

public static class StatementClosings
{
    /// <summary>
    /// The newest accepted statement of each account by (closing date, number): of those read now and those accepted
    /// before. Sorted by account; accounts that had no statement now keep theirs.
    /// </summary>
    /// <param name="previous">Closings of earlier runs; those of other sources are passed over.</param>
    public static IReadOnlyList<StatementClosing> After(
        string source, IReadOnlyList<Statement> statements, IReadOnlyList<StatementClosing> previous)
    {
        var newest = new SortedDictionary<string, StatementClosing>(StringComparer.Ordinal);
        var read = statements
            .Where(statement => statement.Closing is not null)
            .Select(statement => new StatementClosing(
                source, statement.Account, statement.Number, statement.Closing!));
        foreach (var closing in previous.Where(closing => closing.Source == source).Concat(read))
        {
            if (!newest.TryGetValue(closing.Account, out var known) || IsNewer(closing, known))
            {
                newest[closing.Account] = closing;
            }
        }

        return [.. newest.Values];
    }

    static bool IsNewer(StatementClosing closing, StatementClosing known) =>
        StatementOrder.Compare(closing.Closing.Date, closing.Number, known.Closing.Date, known.Number) > 0;
}
