// A posting that we made, as it may come back in the books.
using Recon.Model.Rules;

namespace Recon.Model;

public enum OwnPostingState
{
    /// <summary>Nobody has handed it over, or its target refused it; the books may have it all the same.</summary>
    NotAwaited,

    /// <summary>In the outbox, and not refused: the books must have it by its day.</summary>
    Awaited,

    /// <summary>Taken back before it was handed over: the books must not have it.</summary>
    Withdrawn,
}

/// <summary>A posting that runs of a pack asked for.</summary>
/// <param name="Rule">The <c>for</c> of its resolution.</param>
/// <param name="To">Name of the source of books that receives it.</param>
/// <param name="Amount">Positive: debited to <paramref name="Debit"/>.</param>
/// <param name="Since">The day from which it may be expected: its business date, or the day on which people sent it on, if that is later.</param>
public sealed record OwnPosting(
    string Key, string Rule, string To, string Debit, string Credit, Money Amount, OwnPostingState State, DateOnly Since)
{
    /// <summary>The break for which it was made, whose open record it books; null for reversals, and where one is on its way.</summary>
    public string? For { get; init; }

    /// <summary>As a member of a break: no source of a pack can have that name.</summary>
    public RecordId Record => new(BuiltInPasses.OwnPostings, Key);

    /// <summary><c>741200fe</c>, as people type it.</summary>
    public string ShortKey => Key.Length > 8 ? Key[..8] : Key;

    /// <summary>True for what is a posting in the place of a record.</summary>
    public static bool Is(RecordId record) => record.Source == BuiltInPasses.OwnPostings;

    /// <summary>What it does to the books, signed from our side: a debit adds to an asset, a credit takes away.</summary>
    /// <param name="accounts">Account → true where it is an asset.</param>
    /// <returns>Null where neither the accounts nor the rule tell which of the two accounts the books show.</returns>
    public Money? Effect(Pack pack, IReadOnlyDictionary<string, bool> accounts)
    {
        var debitKnown = accounts.TryGetValue(Debit, out var debit);
        var creditKnown = accounts.TryGetValue(Credit, out var credit);
        var post = pack.Resolutions.FirstOrDefault(rule => rule.For == Rule)?.Post;
        return (debitKnown || creditKnown, debit, credit) switch
        {
            (true, true, false) => Amount,
            (true, false, true) => -Amount,
            (true, _, _) => null,
            _ when post?.Debit == Debit && post.Credit == Credit => Amount,
            _ when post?.Debit == Credit && post.Credit == Debit => -Amount,
            _ => null,
        };
    }
}

/// <summary>A posting that the books should have, and have not.</summary>
/// <param name="Due">The last day on which it was in time.</param>
/// <param name="Told">How that day is reckoned, for people.</param>
public sealed record OverduePosting(OwnPosting Posting, DateOnly Due, string Told);

/// <summary>A record of the books that bears the key of a posting, and does not say what the posting says.</summary>
/// <param name="Difference">record − posting.</param>
/// <param name="Weight">The same by currency, without zeros; empty where no amount differs.</param>
/// <param name="Told">What is wrong, for people.</param>
public sealed record AlteredPosting(OwnPosting Posting, Difference Difference, IReadOnlyList<Money> Weight, string Told);
