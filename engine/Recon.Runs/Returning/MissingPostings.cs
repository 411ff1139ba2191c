// Postings that the books should have by now, from their day on until they come back.
using Recon.Judging;
using Recon.Model;
using Recon.Model.Rules;
using Recon.Runs.Results;

namespace Recon.Runs.Returning;

static class MissingPostings
{
    /// <summary>What is overdue and did not come back in this run, by key.</summary>
    internal static IReadOnlyList<MissingPosting> Of(MatchedRun run)
    {
        var own = run.Input.Opening.Own;
        if (own.Overdue.Count == 0)
        {
            return [];
        }

        var seen = SeenKeys(run);
        var before = Before(run.Input.Opening).ToDictionary(item => item.Record, item => item.OpenLegs[0]);
        var request = run.Input.Request;
        return
        [
            .. own.Overdue.Where(overdue => !seen.Contains(overdue.Posting.Key)).Select(overdue => new MissingPosting(
                overdue,
                overdue.Posting.Effect(request.Pack, request.Accounts) ?? overdue.Posting.Amount,
                before.GetValueOrDefault(overdue.Posting.Record) is { } open ? new EarlierBreak(open.Break, open.Born, open.Class) : null)),
        ];
    }

    /// <summary>Missing postings of the run before.</summary>
    internal static IEnumerable<CarriedItem> Before(OpeningState opening) => opening.Items.Where(item => OwnPosting.Is(item.Record));

    /// <summary>What the runs after this one must know of those that are still missing.</summary>
    internal static IEnumerable<CarriedItem> Carried(MatchedRun run, IReadOnlyList<Break> breaks)
    {
        var missing = Of(run);
        var byRecord = missing.Count == 0 ? [] : breaks.Where(item => item is { Kind: BreakKind.Open, Records: [var only] } && OwnPosting.Is(only))
            .ToDictionary(item => item.Records[0]);
        foreach (var (overdue, value, _) in missing)
        {
            var (posting, item) = (overdue.Posting, byRecord[overdue.Posting.Record]);
            yield return new CarriedItem(
                posting.Record, ReturnedPostings.Fingerprint($"{posting.To} {posting.Debit} {posting.Credit} {posting.Amount}"), Dialect.Canonical,
                [
                    KeyValuePair.Create("amount", posting.Amount.ToString()), KeyValuePair.Create("credit", posting.Credit),
                    KeyValuePair.Create("debit", posting.Debit), KeyValuePair.Create("to", posting.To),
                ],
                File: null, Line: null, [new OpenLeg(item.Leg, item.Id, item.Born, item.Class) { DatedFrom = item.DatedFrom }])
            {
                Value = value,
                TakenLegs = [],
            };
        }
    }

    /// <summary>Breaks of postings that are not missing any more, and why.</summary>
    internal static IEnumerable<(string Break, string How)> Closed(MatchedRun run)
    {
        foreach (var item in Before(run.Input.Opening))
        {
            var back = run.Returned.Records.FirstOrDefault(record => record.IsFirst && record.Posting.Key == item.Record.Id);
            var how = back is null ? $"{item.Record} is not awaited any more" : $"{item.Record} came back as {ReturnedPostings.RecordOf(run.Sources, back)}";
            foreach (var open in item.OpenLegs)
            {
                yield return (open.Break, how);
            }
        }
    }

    /// <summary>True where the posting is in the books of this run.</summary>
    internal static bool CameBack(MatchedRun run, RecordId record) =>
        run.Returned.Records.Any(returned => returned.IsFirst && returned.Posting.Key == record.Id);

    static HashSet<string> SeenKeys(MatchedRun run) =>
        run.Returned.Records.Where(record => record.IsFirst).Select(record => record.Posting.Key).ToHashSet(StringComparer.Ordinal);
}
