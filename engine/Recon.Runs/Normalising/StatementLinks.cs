// Finds for each statement of an account the one it goes on from.
using Recon.Model;

namespace Recon.Runs.Normalising;

/// <summary>Links of <see cref="StatementChains"/>, over the statements of one account in the order of their closings.</summary>
sealed class StatementLinks
{
    readonly IReadOnlyList<Statement> _statements;
    readonly int _known;
    readonly int[] _before;

    // Root of the tree that a statement stands in, as far as it is known.
    readonly int[] _rootOf;

    StatementLinks(IReadOnlyList<Statement> statements, int known)
    {
        _statements = statements;
        _known = known;
        _before = new int[statements.Count];
        Array.Fill(_before, -1);
        _rootOf = [.. Enumerable.Range(0, statements.Count)];
    }

    /// <param name="known">How many of the first are not newer than what earlier runs accepted: they go on from no newer one.</param>
    /// <returns>Statement → the one it goes on from; −1 where there is none. Without circles.</returns>
    internal static int[] Of(IReadOnlyList<Statement> statements, int known)
    {
        var links = new StatementLinks(statements, known);
        links.LinkByBalance();
        links.LinkOverGaps();
        return links._before;
    }

    // The nearest one before; only then one behind, for within a day numbers may be in no order.
    void LinkByBalance()
    {
        var closingWith = Enumerable.Range(0, _statements.Count)
            .Where(statement => _statements[statement].Closing is not null)
            .ToLookup(statement => _statements[statement].Closing!.Amount)
            .ToDictionary(group => group.Key, group => group.ToArray());
        foreach (var isBehind in new[] { false, true })
        {
            for (var statement = 0; statement < _before.Length; statement++)
            {
                if (_before[statement] < 0 && _statements[statement].Opening is { } opening
                    && closingWith.TryGetValue(opening.Amount, out var candidates))
                {
                    Link(statement, isBehind ? Behind(candidates, statement, opening.Date) : Before(candidates, statement, opening.Date));
                }
            }
        }
    }

    // A statement is missing between them, but their days do not meet.
    void LinkOverGaps()
    {
        int[] all = [.. Enumerable.Range(0, _statements.Count).SkipWhile(statement => _statements[statement].Closing is null)];
        for (var statement = 0; statement < _before.Length; statement++)
        {
            if (_before[statement] < 0 && _statements[statement].Opening is { Date: var opens } && opens > DateOnly.MinValue)
            {
                Link(statement, Before(all, statement, opens.AddDays(-1)));
            }
        }
    }

    void Link(int statement, int previous)
    {
        if (previous >= 0 && Root(previous) != Root(statement))
        {
            _before[statement] = previous;
            _rootOf[statement] = Root(previous);
        }
    }

    /// <summary>The last of the candidates that stands before a statement and closes by a day; −1 where there is none.</summary>
    int Before(int[] candidates, int statement, DateOnly day)
    {
        var (low, high) = (0, candidates.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (candidates[middle] < statement && _statements[candidates[middle]].Closing!.Date <= day)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low == 0 ? -1 : candidates[low - 1];
    }

    /// <summary>The first that stands behind, closes by the day, and does not itself go on from the statement.</summary>
    int Behind(int[] candidates, int statement, DateOnly day)
    {
        var from = Array.BinarySearch(candidates, statement);
        var end = statement < _known ? _known : _statements.Count;
        for (var i = from < 0 ? ~from : from + 1;
            i < candidates.Length && candidates[i] < end && _statements[candidates[i]].Closing!.Date <= day;
            i++)
        {
            if (Root(candidates[i]) != Root(statement))
            {
                return candidates[i];
            }
        }

        return -1;
    }

    int Root(int statement)
    {
        while (_rootOf[statement] != statement)
        {
            _rootOf[statement] = _rootOf[_rootOf[statement]];
            statement = _rootOf[statement];
        }

        return statement;
    }
}
