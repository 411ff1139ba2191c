// How much work one block may cost.
namespace Recon.Matching.Choosing;

/// <summary>Work is counted in steps of one block, never in time: a verdict depends on no other block, thread or machine.</summary>
sealed class StepBudget(long most)
{
    /// <summary>Looking at a node of a tree; asking the C# of a pass about one pair of a batch costs as much.</summary>
    public const int NodeSteps = 1;

    /// <summary>Looking at one record that may be a member of a group.</summary>
    public const int MemberSteps = 1;

    /// <summary>Asking the C# about one pair by itself.</summary>
    public const int SingleAskSteps = 2;

    // The budget stands for 2^18 records: a million of them, each with a search or two, get four times as much.
    const int RecordsShift = 18;

    long _left = most;

    public static StepBudget Of(long most, long records) => new(Math.Max(most, checked(records * (most >> RecordsShift))));

    public bool IsSpent => _left < 0;

    /// <summary>True where the budget is spent: nothing found from then on may be used.</summary>
    public bool Spend(long steps)
    {
        _left -= steps;
        return _left < 0;
    }
}
