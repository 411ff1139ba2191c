// Checks that a posting makes the difference it is for zero.
using Recon.Judging.Differing;
using Recon.Model;
using Recon.Model.Columns;
using Recon.Model.Rules;

namespace Recon.Judging.Correcting;

/// <summary>
/// What a posting does to the books is what it does to the asset account: a debit adds, a credit takes away. The books
/// with that effect must say what the other side says; an open item must be booked as it stands, or booked out; of records
/// of the books that were netted nothing may be left.
/// </summary>
static class ClosingCheck
{
    /// <summary>Why the posting closes nothing, for people; null where it closes its break.</summary>
    /// <param name="amount">As the rule has it, with its sign: positive debits the rule's debit account.</param>
    /// <param name="accounts">Account → true where it is an asset.</param>
    public static string? Objection(
        Subject subject, PostSpec post, Money amount, IReadOnlyDictionary<string, bool> accounts)
    {
        if (DebitIsAsset(post, accounts) is not { } debitIsAsset)
        {
            return AccountObjection(post, accounts);
        }

        var effect = debitIsAsset ? amount : -amount;
        return Wanted(subject, post, out var wanted) ?? Stays(wanted, effect);
    }

    /// <remarks>Where neither account is declared, the debit account counts as the asset; null: nobody can tell.</remarks>
    static bool? DebitIsAsset(PostSpec post, IReadOnlyDictionary<string, bool> accounts)
    {
        var debitKnown = accounts.TryGetValue(post.Debit, out var debit);
        var creditKnown = accounts.TryGetValue(post.Credit, out var credit);
        return !debitKnown && !creditKnown ? true
            : debit == credit ? null
            : debit;
    }

    static string AccountObjection(PostSpec post, IReadOnlyDictionary<string, bool> accounts) =>
        (accounts.GetValueOrDefault(post.Debit)
            ? $"accounts {post.Debit} and {post.Credit} are both assets"
            : $"neither account {post.Debit} nor {post.Credit} is an asset")
        + ": it cannot be seen what the posting does to the books";

    /// <summary>What the posting should add to the books; else why that cannot be said.</summary>
    static string? Wanted(Subject subject, PostSpec post, out IReadOnlyList<Money> wanted) =>
        subject.Kind == BreakKind.Open
            ? WantedForOpen(subject, post, out wanted)
            : WantedForMatch(subject, post, out wanted);

    static string? WantedForOpen(Subject subject, PostSpec post, out IReadOnlyList<Money> wanted)
    {
        var table = subject.View.Tables[subject.FirstSide];
        var row = subject.Rows[subject.FirstSide][0];
        wanted = [];
        if (table.Source.Value is not { } field || table.Money(field).IsNull(row))
        {
            return $"does not close the difference: {subject.Records[0]} has no value";
        }

        var value = table.Money(field).Money(row);
        wanted = [table.Name == post.To ? -value : value];
        return null;
    }

    static string? WantedForMatch(Subject subject, PostSpec post, out IReadOnlyList<Money> wanted)
    {
        wanted = [];
        if (Facing(subject, post.To) is not { } comparison)
        {
            return $"does not close the difference: no amount of {post.To} was compared";
        }

        var left = TotalOf(subject, comparison.Left);
        if (subject.Pass!.IsNet && left is not null)
        {
            wanted = [.. left.Select(total => -total)];
            return null;
        }

        var right = TotalOf(subject, comparison.Right);
        if (left is null || right is null)
        {
            return $"does not close the difference: {comparison.Name} has an amount that is NULL";
        }

        var (books, other) = comparison.Left.Source == post.To ? (left, right) : (right, left);
        var missing = new MoneyTotals();
        missing.Add(other);
        missing.Subtract(books);
        wanted = missing.All;
        return null;
    }

    /// <summary>The money comparison in which the target's value field stands; else the first one of the target.</summary>
    static Comparison? Facing(Subject subject, string target)
    {
        var side = subject.View.SideOf(target);
        var facing = subject.Pass!.Comparisons
            .Where(pair => pair.Left.Kind == FieldKind.Money && pair.Right.Kind == FieldKind.Money)
            .Where(pair => pair.Left.Source == target || pair.Right.Source == target)
            .ToList();
        return side < 0 ? null
            : facing.FirstOrDefault(pair => ValueComparison.Reads(pair, subject.View.Tables[side].Source))
                ?? facing.FirstOrDefault();
    }

    static IReadOnlyList<Money>? TotalOf(Subject subject, Operand operand)
    {
        var side = subject.View.SideOf(operand.Source);
        var totals = new MoneyTotals();
        return operand.Terms.Any(term => totals.AddTerm(term, subject, side) >= 0) ? null : totals.All;
    }

    static string? Stays(IReadOnlyList<Money> wanted, Money effect)
    {
        var rest = new MoneyTotals();
        rest.Add(wanted);
        rest.Add(-effect);
        var stays = rest.NotZero;
        return stays.Count == 0 ? null
            : "does not close the difference: "
                + $"{string.Join(" and ", stays.Select(money => money.Abs()))} would stay";
    }
}
