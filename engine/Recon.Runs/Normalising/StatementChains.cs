// Which statements of an account go on from which: those are one delivery, cut into statements.
using System.Globalization;
using Recon.Model;
using Recon.Runs.Controls;
using Recon.Runs.Identity;
using Recon.Runs.Results;

namespace Recon.Runs.Normalising;

/// <summary>
/// A forest over the statements of a table. A statement goes on from one that closes with the balance it opens with, on no later
/// day; where there is none, from the last one that closes before the day it opens. Statements of one number, with the same
/// balances and the same rows, are one, delivered again. A row of a statement and one of a statement that it goes on from,
/// directly or not, are two; of any other two statements both may list one booking, as an interim and a final statement do. What
/// opens with the closing that earlier runs accepted last, and is newer, goes on from all that they read.
/// </summary>
/// <remarks>The order of statements in the table decides nothing.</remarks>
sealed class StatementChains
{
    readonly StatementPlace[] _placeOf;

    /// <param name="rows">Row → what it says, by 128 bits; 0 for rows that do not count.</param>
    /// <param name="closings">Closings that earlier runs accepted, of this source.</param>
    internal StatementChains(RawTable table, UInt128[] rows, IReadOnlyList<StatementClosing> closings)
    {
        _placeOf = new StatementPlace[table.Statements.Count];
        var contents = new StatementContents(table, rows);
        var first = 0;
        foreach (var account in table.Statements.Index().GroupBy(entry => entry.Item.Account, StringComparer.Ordinal))
        {
            var nodes = Merged([.. account], contents);
            var statements = nodes.ConvertAll(node => node.Statement);
            var accepted = closings.FirstOrDefault(closing => closing.Account == account.Key);
            var known = statements.TakeWhile(statement => !IsNewer(statement, accepted)).Count();
            var before = StatementLinks.Of(statements, known);
            var spans = Spans(before, first, [.. statements.Select((each, i) => i >= known && GoesOn(each, accepted))]);
            foreach (var (node, (copy, index)) in nodes.SelectMany((node, i) => node.Copies.Index().Select(copy => (i, copy))))
            {
                _placeOf[index] = spans[node] with { Copy = copy };
            }

            first += nodes.Count;
        }
    }

    internal StatementPlace Of(int statement) => _placeOf[statement];

    // One that is not is delivered again, or late.
    static bool IsNewer(Statement statement, StatementClosing? accepted) =>
        accepted is null || (statement.Closing is { Date: var date }
            && StatementOrder.Compare(date, statement.Number, accepted.Closing.Date, accepted.Number) > 0);

    static bool GoesOn(Statement statement, StatementClosing? accepted) =>
        accepted is { Closing: var closing } && statement.Opening is { } opening
        && opening.Amount == closing.Amount && opening.Date >= closing.Date;

    /// <summary>In an order that is theirs, each once, with the indexes of all its copies.</summary>
    static List<(Statement Statement, List<int> Copies)> Merged((int Index, Statement Item)[] account, StatementContents contents) =>
    [
        .. account.GroupBy(entry => (entry.Item.Number, entry.Item.Opening, entry.Item.Closing, entry.Item.Entries))
            .SelectMany(alike => alike.GroupBy(entry => alike.Skip(1).Any() ? contents.Of(entry.Index) : "", StringComparer.Ordinal))
            .Select(same => (same.First().Item, Copies: same.Select(entry => entry.Index).ToList(), Content: same.Key))
            .OrderBy(node => node.Item.Closing?.Date)
            .ThenBy(node => node.Item.Number, StatementOrder.ByNumber)
            .ThenBy(node => node.Item.Number, StringComparer.Ordinal)
            .ThenBy(node => node.Item.Opening?.Date)
            .ThenBy(node => node.Item.Opening?.Amount.ToString(), StringComparer.Ordinal)
            .ThenBy(node => node.Item.Closing?.Amount.ToString(), StringComparer.Ordinal)
            .ThenBy(node => node.Item.Entries)
            .ThenBy(node => node.Content, StringComparer.Ordinal)
            .Select(node => (node.Item, node.Copies)),
    ];

    // Numbered as they are reached from the roots: what goes on from a statement stands between its number and its end.
    static StatementPlace[] Spans(int[] before, int first, bool[] goOn)
    {
        var after = new List<int>[before.Length];
        var waiting = new Stack<int>();
        for (var node = before.Length - 1; node >= 0; node--)
        {
            after[node] = [];
            if (before[node] < 0)
            {
                waiting.Push(node);
            }
        }

        foreach (var (node, previous) in before.Index().Where(entry => entry.Item >= 0))
        {
            after[previous].Add(node);
        }

        var order = new List<int>();
        while (waiting.TryPop(out var node))
        {
            order.Add(node);
            goOn[node] |= before[node] >= 0 && goOn[before[node]];
            after[node].ForEach(waiting.Push);
        }

        var sizes = new int[before.Length];
        var spans = new StatementPlace[before.Length];
        for (var i = order.Count - 1; i >= 0; i--)
        {
            var node = order[i];
            sizes[node] += 1;
            spans[node] = new StatementPlace(first + i, first + i + sizes[node], Copy: 0, goOn[node]);
            if (before[node] >= 0)
            {
                sizes[before[node]] += sizes[node];
            }
        }

        return spans;
    }
}

/// <summary>Where a statement stands in the forest.</summary>
/// <param name="Number">A statement goes on from another, directly or not, where its number lies from that one's number to its end.</param>
/// <param name="Copy">0 for the first of equal statements.</param>
/// <param name="GoesOnFromEarlier">True where it goes on, directly or not, from the last statement that earlier runs accepted.</param>
readonly record struct StatementPlace(int Number, int End, int Copy, bool GoesOnFromEarlier);

/// <summary>What the rows of a statement say, in any order, as one hash.</summary>
sealed class StatementContents(RawTable table, UInt128[] rows)
{
    ILookup<int, UInt128>? _rowsOf;

    internal string Of(int statement)
    {
        _rowsOf ??= Enumerable.Range(0, table.Count).ToLookup(row => table.StatementOf![row], row => rows[row]);
        using var digest = new ContentDigest();
        return digest.Add(_rowsOf[statement].Order().Select(row => row.ToString("x32", CultureInfo.InvariantCulture))).Hex();
    }
}
