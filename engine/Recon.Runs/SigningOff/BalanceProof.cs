// That our balance and theirs differ by what is explained, and by nothing else.
using Recon.Model;
using Recon.Runs.Results;

namespace Recon.Runs.SigningOff;

/// <summary>What our books say of a source of ours.</summary>
public sealed record GivenBalance(string Source, Money Amount)
{
    public override string ToString() => $"{Source}={Amount}";
}

/// <summary>Items of one class by which the balances differ.</summary>
/// <param name="Why">For people: <c>open in bank: payout-in-transit</c>.</param>
/// <param name="Amount">Its part of theirs − ours.</param>
public sealed record ExplainedLine(string Why, int Count, ExactTotal Amount);

/// <summary>Our balance + explained items = their balance, for one currency of a leg whose one side gives statements.</summary>
/// <param name="Ours">The source of our books.</param>
/// <param name="OurBalance">Null where nobody has said it.</param>
/// <param name="TheirBalance">The closing balances of the newest statements of their accounts, added up.</param>
/// <param name="AsOf">The dates of these, the oldest and the newest.</param>
public sealed record BalanceProof(
    string Ours, string Theirs, Currency Currency, ExactTotal? OurBalance, ExactTotal TheirBalance, (DateOnly From, DateOnly To) AsOf,
    IReadOnlyList<ExplainedLine> Explained)
{
    /// <summary>What nothing explains; null where our balance is not known.</summary>
    public ExactTotal? Unexplained =>
        OurBalance is { } ours ? TheirBalance - Explained.Aggregate(ours, (sum, line) => sum + line.Amount) : null;

    /// <summary>Why it proves nothing; null where it does.</summary>
    public string? Objection => OurBalance is null
            ? $"no balance of {Ours} in {Currency} is known: --balance \"{Ours}=AMOUNT {Currency}\" says what the ledger has"
        : Unexplained is { IsZero: false } ? $"{Unexplained} {Currency} between {Ours} and {Theirs} are not explained"
        : null;

    internal string Text =>
        $"{Ours} {Theirs} {Currency} {OurBalance} {TheirBalance} {string.Join(';', Explained.Select(line => $"{line.Why} {line.Amount}"))}";

    /// <summary>
    /// One for each leg of two sources of which one gives statements, and each currency of these. A record that is open on the leg is
    /// in its own balance and not in the other one; the sides of a match differ by what its comparison says. What cancels within one source
    /// differs by nothing.
    /// </summary>
    /// <param name="closing">The state at the end of the period.</param>
    /// <param name="breaks">All up to then, also closed and settled ones: what was once matched with a difference stays so.</param>
    /// <param name="posted">Our own postings that are in the books at the end of the period.</param>
    internal static IReadOnlyList<BalanceProof> Of(
        OpeningState closing, IReadOnlyList<Break> breaks, IReadOnlyList<OwnPosting> posted, IReadOnlyList<GivenBalance> balances)
    {
        var lines = new PostedLines(closing, breaks, posted);
        var withStatements = closing.Closings.Select(known => known.Source).ToHashSet(StringComparer.Ordinal);
        var legs = breaks.Select(item => item.Leg).Concat(closing.Items.SelectMany(item => item.OpenLegs).Select(open => open.Leg))
            .Where(leg => leg.Count == 2 && leg.Count(withStatements.Contains) == 1).DistinctBy(leg => string.Join('~', leg));
        return
        [
            .. legs.SelectMany(leg => OfLeg(leg, withStatements.Contains(leg[0]), closing, breaks, lines, balances))
                .OrderBy(proof => proof.Ours, StringComparer.Ordinal).ThenBy(proof => proof.Theirs, StringComparer.Ordinal).ThenBy(proof => proof.Currency),
        ];
    }

    static IEnumerable<BalanceProof> OfLeg(
        IReadOnlyList<string> leg, bool theirsIsFirst, OpeningState closing, IReadOnlyList<Break> breaks, PostedLines posted,
        IReadOnlyList<GivenBalance> balances)
    {
        var (ours, theirs) = theirsIsFirst ? (leg[1], leg[0]) : (leg[0], leg[1]);
        var differences = breaks.Where(item => item.Kind == BreakKind.Difference && item.Leg.SequenceEqual(leg))
            .SelectMany(item => item.Value.Select(amount => (Why: $"matched, with a difference: {item.Class}", Amount: theirsIsFirst ? -amount : amount)));
        var explained = OpenOn(leg, theirs, closing).Concat(differences).Concat(posted.On(leg, ours, theirs)).ToLookup(line => line.Amount.CurrencyCode);
        foreach (var currency in closing.Closings.Where(known => known.Source == theirs)
            .GroupBy(known => known.Closing.Amount.CurrencyCode).OrderBy(group => group.Key))
        {
            var given = balances.FirstOrDefault(balance => balance.Source == ours && balance.Amount.CurrencyCode == currency.Key);
            yield return new BalanceProof(
                ours, theirs, currency.Key, given?.Amount.Number,
                Sum(currency.Select(known => known.Closing.Amount)),
                (currency.Min(known => known.Closing.Date), currency.Max(known => known.Closing.Date)),
                [
                    .. explained[currency.Key].GroupBy(line => line.Why, StringComparer.Ordinal).OrderBy(line => line.Key, StringComparer.Ordinal)
                        .Select(line => new ExplainedLine(line.Key, line.Count(), Sum(line.Select(each => each.Amount)))),
                ]);
        }
    }

    static IEnumerable<(string Why, Money Amount)> OpenOn(IReadOnlyList<string> leg, string theirs, OpeningState closing) =>
        from item in closing.Items
        from open in item.OpenLegs
        where open.Leg.SequenceEqual(leg)
        from amount in AmountsOf(item)
        select ($"in {item.Record.Source} alone: {open.Class}", item.Record.Source == theirs ? amount : -amount);

    // What is left of a record is in neither balance a second time, but for what is left.
    static IReadOnlyList<Money> AmountsOf(CarriedItem item) => item.Residual is { Amounts: [.., var left] } ? [left]
        : item.Value is { } value ? [value] : [];

    static ExactTotal Sum(IEnumerable<Money> amounts) => amounts.Aggregate(default(ExactTotal), (sum, amount) => sum + amount.Number);
}
