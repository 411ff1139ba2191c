// How many people must approve a posting, by its amount.
namespace Recon.Model.Rules;

/// <param name="Steps">In the order of the pack; empty: one person, whatever the amount.</param>
public sealed record ApprovalSpec(IReadOnlyList<ApprovalStep> Steps)
{
    public static ApprovalSpec One { get; } = new([]);

    /// <summary>
    /// The most that a step asks for which the amount meets, at least 1. Of steps that speak of other currencies only, all are met:
    /// nobody has said how little is enough.
    /// </summary>
    /// <param name="amount">0 or more.</param>
    public int PeopleFor(Money amount)
    {
        var isSpokenOf = Steps.Any(step => step.Over?.CurrencyCode == amount.CurrencyCode);
        return Steps.Where(step => step.Over is not { } over || (isSpokenOf ? over.CurrencyCode == amount.CurrencyCode && amount > over : true))
            .Select(step => step.People).Append(1).Max();
    }
}

/// <param name="Over">Only amounts above this; null: every amount.</param>
/// <param name="People">From 1.</param>
public sealed record ApprovalStep(Money? Over, int People);
