// Breaks of postings that the books should have, and have not.
using Recon.Model;
using Recon.Model.Rules;

namespace Recon.Judging;

/// <summary>A posting that is overdue.</summary>
/// <param name="Value">What the books lack, signed from our side where that can be told.</param>
/// <param name="Earlier">The break in which an earlier run listed it; null where this run is the first.</param>
public sealed record MissingPosting(OverduePosting Overdue, Money Value, EarlierBreak? Earlier);

static class MissingBreaks
{
    /// <returns><paramref name="breaks"/>, then one for each missing posting.</returns>
    public static IReadOnlyList<Break> After(IReadOnlyList<Break> breaks, JudgingInput input) =>
        input.Missing.Count == 0 ? breaks : [.. breaks, .. input.Missing.Select(missing => input.Decisions.Applied(Of(missing, input)))];

    static Break Of(MissingPosting missing, JudgingInput input)
    {
        var posting = missing.Overdue.Posting;
        return new(
            missing.Earlier?.Id ?? EventId.Of(input.Pack.Id, [posting.To], [posting.Record]),
            BreakKind.Open,
            [posting.To],
            Pass: null,
            [posting.Record],
            BuiltInClasses.PostingMissing,
            Status.Suspicious,
            Tier.Escalate,
            Assign: null,
            missing.Earlier?.Born ?? input.BusinessDate,
            Due: null,
            posting.Since,
            $"{posting.To} does not have posting {posting.ShortKey} (debit {posting.Debit}, credit {posting.Credit}, {posting.Amount}) of rule"
                + $" {posting.Rule}; it was due {missing.Overdue.Told}",
            [],
            [missing.Value])
        {
            WasDue = missing.Overdue.Due,
        };
    }
}
