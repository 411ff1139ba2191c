// How much the engine may post by itself: per posting, run, business day, account and counterparty.
namespace Recon.Model.Rules;

/// <summary>What bounds the postings of one resolution. Nothing is posted beyond a limit, nothing in part.</summary>
public sealed record LimitSpec
{
    public static LimitSpec None { get; } = new();

    /// <summary>The largest posting, one amount a currency, sorted by currency; empty: no bound.</summary>
    public IReadOnlyList<Money> Each { get; init; } = [];

    /// <summary>What one run posts.</summary>
    public Ceiling? Run { get; init; }

    /// <summary>What all runs of one business date post together.</summary>
    public Ceiling? Day { get; init; }

    /// <summary>What the whole pack posts to one account, on either side of an entry, on a business date.</summary>
    public Ceiling? Account { get; init; }

    /// <summary>What the resolution posts for one counterparty on a business date.</summary>
    public CounterpartyLimit? Counterparty { get; init; }

    public bool IsNone => Each.Count == 0 && (Run, Day, Account, Counterparty) is (null, null, null, null);
}

/// <summary>The most that may be posted.</summary>
/// <param name="Values">One amount a currency, sorted by currency; a posting in another escalates. Empty: any value.</param>
/// <param name="Count">Number of postings; null: any number.</param>
public sealed record Ceiling(IReadOnlyList<Money> Values, int? Count);

/// <param name="By">A field of a record of the break, whose values name counterparties.</param>
public sealed record CounterpartyLimit(OnceValue By, Ceiling Ceiling);

/// <summary>
/// When a run posts nothing by itself: where the number or the value of its postings is more than <paramref name="Times"/> times the
/// most that one of the last <paramref name="Dates"/> business dates saw.
/// </summary>
/// <param name="Below">Totals up to these amounts are never out of proportion; one a currency, sorted by currency.</param>
public sealed record BreakerSpec(int Times, int Dates, IReadOnlyList<Money> Below)
{
    /// <summary>Ten times what the busiest of twenty dates saw: nobody's ordinary day, and few enough dates that a pack may grow.</summary>
    public static BreakerSpec Usual { get; } = new(Times: 10, Dates: 20, Below: []);

    /// <summary>Fewer dates with postings than this are no history.</summary>
    public const int FewestDates = 5;

    public bool Equals(BreakerSpec? other) =>
        other is not null && (Times, Dates) == (other.Times, other.Dates) && Below.SequenceEqual(other.Below);

    public override int GetHashCode() => HashCode.Combine(Times, Dates, Below.Count);
}
