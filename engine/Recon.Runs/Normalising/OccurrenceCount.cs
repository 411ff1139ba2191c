// Counts rows that say the same along the chain of statements they stand in.
namespace Recon.Runs.Normalising;

/// <summary>
/// Numbers from 1, or behind those of earlier runs. Copies of a statement or a file come to the numbers that the first of them has.
/// </summary>
/// <param name="earlier">The highest number that earlier runs gave; 0 where they gave none.</param>
sealed class OccurrenceCount(int earlier)
{
    // Of the statements that the current one goes on from: the last number given there.
    readonly Stack<(int End, int Last)> _before = [];
    StatementPlace? _place;
    int _first;
    int _number;
    int _highest;

    /// <summary>How many rows got a number that a row of a statement has which theirs does not go on from.</summary>
    internal int Shared { get; private set; }

    /// <summary>The number of the next row.</summary>
    /// <param name="place">In ascending order of number, then copy.</param>
    internal int Next(StatementPlace place)
    {
        if (_place?.Number != place.Number)
        {
            Enter(place);
        }
        else if (_place?.Copy != place.Copy)
        {
            _number = _first;
        }

        _place = place;
        _number++;
        Shared += place.Copy == 0 && _number <= _highest ? 1 : 0;
        return _number;
    }

    void Enter(StatementPlace place)
    {
        if (_place is { } left)
        {
            _before.Push((left.End, _number));
            _highest = Math.Max(_highest, _number);
        }

        while (_before.TryPeek(out var before) && before.End <= place.Number)
        {
            _before.Pop();
        }

        _number = _first = Math.Max(
            _before.TryPeek(out var last) ? last.Last : 0, place.GoesOnFromEarlier ? earlier : 0);
    }
}
