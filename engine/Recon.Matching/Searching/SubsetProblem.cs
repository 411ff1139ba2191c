// What a search is asked: which of some records add up, and within which bounds it may look.
namespace Recon.Matching.Searching;

/// <summary>Records that nothing tells apart, their ids aside: a search decides how many of them, never which.</summary>
/// <param name="Values">What one of them adds to each total, in units of that total.</param>
/// <param name="Copies">How many there are, at least 1.</param>
/// <param name="Side">Where members are counted side by side (<see cref="SubsetProblem.BySide"/>): 0 or 1.</param>
sealed record Bin(Int128[] Values, int Copies, int Side = 0);

/// <summary>Low to High, both inclusive.</summary>
readonly record struct SumRange(Int128 Low, Int128 High);

/// <summary>So many members, both ends inclusive.</summary>
readonly record struct MemberRange(int Fewest, int Most)
{
    public bool Holds(int members) => members >= Fewest && members <= Most;
}

/// <summary>Choose members such that every total lies in its range.</summary>
/// <param name="Totals">At least one; the sums of <see cref="Bin.Values"/> place by place.</param>
/// <param name="Members">How many members an answer has; with <paramref name="BySide"/> how many on each side.</param>
sealed record SubsetProblem(
    IReadOnlyList<Bin> Bins, IReadOnlyList<SumRange> Totals, MemberRange Members, bool BySide = false)
{
    /// <summary>Sums formed, compared or looked up before the search gives up.</summary>
    public long MostSteps { get; init; } = long.MaxValue;

    /// <summary>The search ends with more answers than this: nobody would read them.</summary>
    public int MostAnswers { get; init; } = int.MaxValue;

    /// <summary>One more condition on an answer (its bins, ascending, each as often as it is taken); null: none.</summary>
    public Predicate<int[]>? Accepts { get; init; }

    public bool MembersHold(int first, int second) => BySide
        ? Members.Holds(first) && Members.Holds(second)
        : Members.Holds(first + second);
}

/// <summary>How a search ended.</summary>
enum SearchEnd
{
    /// <summary>Every subset was ruled out or is among the answers.</summary>
    Complete,

    /// <summary>There are more answers than were asked for; those given are some of them.</summary>
    TooMany,

    /// <summary>The budget was spent before every subset was ruled out; those given are some of the answers, or none.</summary>
    Spent,
}

/// <summary>What a search found.</summary>
/// <param name="Answers">
/// Bins, ascending, each as often as it is taken; the answers ordered by number of members, then bin by bin.
/// </param>
/// <param name="IsOutOfSteps">True where more steps were all that was missing; else a spent search needs too much memory.</param>
sealed record SubsetAnswers(SearchEnd End, IReadOnlyList<int[]> Answers, long Steps, bool IsOutOfSteps = false);

/// <summary>Counts what a search does; the answer depends on the count, never on the clock.</summary>
sealed class SearchSteps(long most)
{
    public long Taken { get; private set; }

    /// <summary>True where more steps were asked for than there are.</summary>
    public bool IsSpent { get; private set; }

    /// <summary>False where the budget does not cover so many steps more; nothing is taken then.</summary>
    public bool TryTake(long steps)
    {
        if (steps > most - Taken)
        {
            IsSpent = true;
            return false;
        }

        Taken += steps;
        return true;
    }
}
