// How the exposure of the run before became the exposure of this one.
using Recon.Model;

namespace Recon.Runs.Results;

/// <summary>Value at risk, or by how much it moved.</summary>
/// <param name="Net">Of what moved away, the negative of what it weighed; so of the others.</param>
/// <param name="Count">Amounts that weigh.</param>
public sealed record AtRisk(ExactTotal Net, ExactTotal Absolute, int Count)
{
    public static AtRisk Nothing { get; } = new(default, default, 0);

    public bool IsNothing => Net.IsZero && Absolute.IsZero && Count == 0;

    public static AtRisk operator +(AtRisk left, AtRisk right) =>
        new(left.Net + right.Net, left.Absolute + right.Absolute, left.Count + right.Count);
}

/// <summary>
/// One currency of one source: <paramref name="Opening"/> and all that moved are <paramref name="Closing"/>, in each of their
/// three numbers.
/// </summary>
/// <param name="Opening">What the run before left at risk.</param>
/// <param name="New">Records and differences that this run found.</param>
/// <param name="Settled">Open records that matched; of one that matched in part, that part.</param>
/// <param name="Resolved">What a person resolved, and what has a settled class now.</param>
/// <param name="Changed">What weighs otherwise than before: corrected, re-opened, or another source of its event is believed now.</param>
/// <param name="Withdrawn">Open records that came again and are left out now, by <c>where</c> or as duplicates.</param>
/// <param name="Differences">What the matches of the run before differed by: it weighs on the date of its match only.</param>
public sealed record RollForwardLine(
    Currency Currency, string Source, AtRisk Opening, AtRisk New, AtRisk Settled, AtRisk Resolved, AtRisk Changed, AtRisk Withdrawn,
    AtRisk Differences, AtRisk Closing)
{
    public bool IsBalanced => Opening + New + Settled + Resolved + Changed + Withdrawn + Differences == Closing;
}
