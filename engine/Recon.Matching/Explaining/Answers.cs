// What the explainer says, as values: conditions with both sides, how far off, what else was possible.
using Recon.Model.Rules;

namespace Recon.Matching.Explaining;

public enum ConditionKind
{
    /// <summary>Both amounts are of one currency, and of that of the tolerance.</summary>
    Currency,

    /// <summary>Two fields of the key are equal.</summary>
    Key,

    /// <summary>The amounts (in a group pass: the total) lie within the tolerance.</summary>
    Amount,

    /// <summary>The local dates lie within the window.</summary>
    Days,

    /// <summary>The instants lie within the window.</summary>
    Elapsed,

    /// <summary>One text contains the other.</summary>
    Contains,

    /// <summary>What a pattern finds in the texts is equal; the values are what it finds.</summary>
    Pattern,

    /// <summary>The texts share a blocking key; the values are their keys.</summary>
    Block,

    /// <summary>The texts are alike enough.</summary>
    Similarity,

    /// <summary>The group has as many records as the pass allows; the values are how many there are of either side.</summary>
    Size,

    /// <summary>Every record of one side of a group meets every record of the other; the values are two that do not.</summary>
    Meet,

    /// <summary>A search finds a group with both records; the second value is what it found.</summary>
    Search,

    /// <summary>The pass's C# holds.</summary>
    When,
}

public enum Verdict
{
    Holds,
    Fails,

    /// <summary>Not asked, because a condition before it failed.</summary>
    NotAsked,
}

/// <summary>One condition of a pass, asked of two records (or of one record and its group).</summary>
/// <param name="Name">
/// Names the fields: <c>ledger.order_ref = provider.order_ref</c>, the comparison's name, the text of the C#.
/// </param>
/// <param name="FirstValue">Canonical text of the side of the source declared first; null for NULL and for C#.</param>
/// <param name="SecondValue">Canonical text of the other side; null for NULL and for C#.</param>
/// <param name="Shortfall">How far from passing; null where the condition holds or no distance can be told.</param>
public sealed record ConditionCheck(
    ConditionKind Kind,
    string Name,
    string? FirstValue,
    string? SecondValue,
    Verdict Verdict,
    Shortfall? Shortfall)
{
    /// <summary>True for a condition of the total where the one record gathers nothing.</summary>
    public bool IsOfEmptyGroup { get; init; }

    /// <summary>The slip that may have kept the values apart: <c>two digits are swapped</c>; null for none.</summary>
    public string? Slip { get; init; }
}

/// <summary>How far a failed condition is from passing.</summary>
/// <param name="By">
/// By how much the value lies outside: <c>0.03 EUR</c>, <c>1 day</c>, <c>2 business days</c>, <c>1h 30m</c>. For a
/// tolerance of another currency: the currency found; for a similarity: the similarity found, <c>0.87</c>.
/// </param>
/// <param name="Allowed">
/// The bound that was crossed: <c>0.02 EUR</c>, <c>3 business days</c>, <c>36h</c>, where it is not the same in both directions with
/// its sign, <c>-1 days</c>; the similarity needed.
/// </param>
public sealed record Shortfall(string By, string Allowed);

/// <summary>All conditions of one pass, in the order currency, key, tolerances, C#.</summary>
/// <param name="Members">
/// In a group pass the ids of the group that the one record would gather, the asked record among them if it meets the
/// conditions of members; in n:m of all records of the group. Empty in a 1:1 pass and where the pass searches.
/// </param>
/// <param name="FirstTaken">Why the first record was out of reach of the pass; null where it was not.</param>
/// <param name="SecondTaken">The same of the second record.</param>
public sealed record PassCheck(
    PassSpec Pass,
    IReadOnlyList<ConditionCheck> Conditions,
    IReadOnlyList<string> Members,
    OutOfReach? FirstTaken,
    OutOfReach? SecondTaken)
{
    /// <summary>The first condition that kept the records apart; null where all hold.</summary>
    public ConditionCheck? FirstFailed => Conditions.FirstOrDefault(each => each.Verdict == Verdict.Fails);

    public bool Holds => Conditions.All(each => each.Verdict == Verdict.Holds);

    public int ConditionsFailed => Conditions.Count(each => each.Verdict == Verdict.Fails);

    public int ConditionsMet => Conditions.Count(each => each.Verdict == Verdict.Holds);
}

/// <summary>Why a pass could not take a record.</summary>
/// <param name="Pass">The pass that matched it before, or held it as ambiguous; null where an earlier run settled it.</param>
/// <param name="With">
/// Ids of the records of the other source that it was matched with; empty where it was held or settled.
/// </param>
public sealed record OutOfReach(PassSpec? Pass, IReadOnlyList<string> With)
{
    /// <summary>True where the pass is of another leg and closed this one: it dropped a duplicate, or joined more sources.</summary>
    public bool IsOnOtherLeg { get; init; }

    /// <summary>True where the pass is one that came later and left the record of another.</summary>
    public bool IsBornLater { get; init; }
}

/// <summary>The records nearest to one that is open.</summary>
/// <param name="Candidates">The nearest first, in the order of <see cref="MatchExplainer.NearestCandidates"/>.</param>
/// <param name="LookedAt">Records of the other source that were looked at.</param>
/// <param name="Available">
/// Records of the other source that are open; more than <paramref name="LookedAt"/> where the cap was met.
/// </param>
public sealed record NearestAnswer(IReadOnlyList<NearCandidate> Candidates, int LookedAt, int Available);

/// <summary>One candidate, with the pass of which it fails fewest conditions, totals and C# among them.</summary>
public sealed record NearCandidate(int Row, string Id, PassCheck Check);

/// <summary>Why records are one match.</summary>
/// <param name="Compared">Every pair of fields that the pass compares, with the difference.</param>
/// <param name="Alternatives">Other records that met every condition; at most as many as asked for.</param>
/// <param name="AlternativeCount">How many there are among the records looked at.</param>
/// <param name="LookedAt">Records looked at for alternatives.</param>
/// <param name="Available">Records within reach of the pass; more than <paramref name="LookedAt"/> where the cap was met.</param>
public sealed record WhyMatched(
    PassSpec Pass,
    IReadOnlyList<string> FirstIds,
    IReadOnlyList<string> SecondIds,
    IReadOnlyList<ConditionCheck> Conditions,
    IReadOnlyList<ComparedFields> Compared,
    IReadOnlyList<Alternative> Alternatives,
    int AlternativeCount,
    int LookedAt,
    int Available);

/// <summary>Two sides that face each other in a match.</summary>
/// <param name="Difference">
/// Right − left of the pass: <c>0.02 EUR</c>, <c>1 day</c>, <c>5m</c>; <c>differs</c> for texts; null where equal or not comparable.
/// </param>
public sealed record ComparedFields(string Name, string? FirstValue, string? SecondValue, string? Difference);

public enum RejectionReason
{
    /// <summary>Its distance is larger (<c>closest</c>).</summary>
    Farther,

    /// <summary>It stands later in the order of the tie (<c>oldest</c>, <c>newest</c>).</summary>
    LaterInOrder,

    /// <summary>Equal in everything the rules read; the smaller id was taken.</summary>
    LargerId,

    /// <summary>No choice of the whole with it has more pairs, as many at a smaller total, or as good with smaller ids (<c>best</c>).</summary>
    NotBestAsAWhole,

    /// <summary>It was as good or better, but a match before this one took it.</summary>
    TakenBefore,
}

/// <summary>A record that met every condition with a member of the match, and was not chosen.</summary>
/// <param name="Side">0 where it is of the source declared first.</param>
/// <param name="MatchedWith">Ids of the other source's records that it is matched with instead; empty where it is open.</param>
public sealed record Alternative(
    int Side, int Row, string Id, RejectionReason Reason, IReadOnlyList<string> MatchedWith);
