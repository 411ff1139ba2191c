// What a pack says about breaks: their classes, whom to believe, how far the engine may go.
namespace Recon.Model.Rules;

public enum Status
{
    Settled,
    Expected,
    Suspicious,
    Disputed,
    Loss,
}

public enum Tier
{
    Auto,
    AutoFlag,
    Escalate,
    Manual,
}

/// <summary>One class of <c>classify</c>, bound. The first whose condition holds names the break.</summary>
/// <param name="When">Asked of the records of the break: one (open), a pair, or a group; null always holds.</param>
public sealed record ClassSpec(
    string Id, int Index, Status Status, BreakCondition On, RuleRef? When, DeadlineSpec? Until, Place Place);

/// <summary>Which breaks a class is asked about.</summary>
public abstract record BreakCondition
{
    /// <summary><c>otherwise: true</c>.</summary>
    public sealed record Any : BreakCondition;

    /// <summary><c>on: { match: PASS }</c>: a match of that pass.</summary>
    public sealed record MatchOf(string Pass) : BreakCondition;

    /// <summary><c>on: { open: SOURCE, toward: OTHER }</c>: an open item of that source, on the leg with the other (any leg where null).</summary>
    public sealed record OpenOf(string Source, string? Toward) : BreakCondition;

    /// <summary><c>on: { missing: SOURCE, in: PASS }</c>: an open item that stands in a partial match of that pass which lacks the source.</summary>
    public sealed record MissingOf(string Source, string Pass) : BreakCondition;

    /// <summary><c>on: { ambiguous: PASS }</c>: candidates of that pass that no rule could tell apart.</summary>
    public sealed record AmbiguousOf(string Pass) : BreakCondition;
}

/// <summary>
/// How long a class lasts: <paramref name="Days"/> (business days of the calendar, where one is named) after the date of
/// <paramref name="From"/>; on the business date after that the break has class <paramref name="Then"/>.
/// </summary>
/// <param name="From">A date or instant field of the record; null: the business date on which the break was born.</param>
public sealed record DeadlineSpec(int Days, string? Calendar, string? From, string Then);

/// <summary>How far the engine may go for one class.</summary>
/// <param name="Limit">What the engine may post by itself, where the tier lets it.</param>
public sealed record ResolutionSpec(
    string For, int Index, Tier Tier, LimitSpec Limit, PostSpec? Post, IReadOnlyList<OnceValue> Once, string? Assign, Place Place)
{
    /// <summary>How many people must approve a posting that waits.</summary>
    public ApprovalSpec Approvals { get; init; } = ApprovalSpec.One;

    /// <summary>The engine posts without asking.</summary>
    public bool PostsByItself => Post is not null && Tier is Tier.Auto or Tier.AutoFlag;
}

/// <summary>The double entry of a posting; a negative amount swaps debit and credit, zero posts nothing.</summary>
public sealed record PostSpec(string To, string Debit, string Credit, IReadOnlyList<Term> Amount, string AmountText);

/// <summary>One value of <c>once</c>: <c>pack.id</c>, or a field of a record of the break (all members of a group, in id order).</summary>
public sealed record OnceValue(string Text, string? Source, string? Field);

/// <summary>Whom to believe about one field of the event, the most trusted first.</summary>
public sealed record TrustSpec(string Field, IReadOnlyList<TrustedField> Sources);

public sealed record TrustedField(string Source, string Field);

/// <summary>The business date of a run where nobody names one: the local day in the zone, from the cut-off on the next one, plus days.</summary>
public sealed record BusinessDateSpec(int Days, string? Calendar, TimeOnly? CutOff, string Zone);
