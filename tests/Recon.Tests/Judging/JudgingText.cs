// Writes a judgement down as the cases expect it.
using Recon.Judging;
using Recon.Judging.Believing;
using Recon.Judging.Correcting;
using Recon.Model;
using Recon.Model.Columns;
using Recon.Model.Rules;

namespace Recon.Tests.Judging;

/// <summary>Breaks, truth, lags, postings and exposure, one line each and some below.</summary>
static class JudgingText
{
    public static string Of(JudgingGiven given)
    {
        var input = given.Input;
        var judgement = Judge.Decide(input, CancellationToken.None);
        var limited = PostingLimits.Hold(input.Pack, judgement.Postings, given.PostedOfDate);
        var (held, _) = CircuitBreaker.Hold(input.Pack.Breaker, limited.Postings, given.PostedBefore);
        var breaks = PostingLedger.Escalate(judgement.Breaks, [.. limited.Escalated, .. held.Escalated], judgement.Sharing);
        var lines = breaks.SelectMany(item => BreakLines(item, input))
            .Concat(input.Matches.Legs.SelectMany(leg => TruthLines(input, leg)))
            .Concat(held.Postings.SelectMany(PostingLines))
            .Concat(judgement.Exposure.Select(ExposureLine));
        return string.Concat(lines.Select(line => line.TrimEnd() + "\n"));
    }

    static IEnumerable<string> BreakLines(Break item, JudgingInput input)
    {
        yield return $"break {item.Class} {Word(item.Status)} {Word(item.Tier)}"
            + $"  {Names(item.Records)}  {string.Join(", ", item.Value)}";
        yield return $"  {item.Reason}";
        var kept = input.Earlier.Values.Any(earlier => earlier.Id == item.Id) ? $"id {item.Id}, " : "";
        var due = item.Due is { } date ? $", due {date:yyyy-MM-dd}" : "";
        var assign = item.Assign is null ? "" : $", assigned to {item.Assign}";
        yield return $"  {kept}born {item.Born:yyyy-MM-dd}, dated {item.DatedFrom:yyyy-MM-dd}{due}{assign}";
    }

    static IEnumerable<string> PostingLines(Posting posting)
    {
        yield return $"post {posting.Rule}  {posting.To} {posting.Debit} / {posting.Credit}  {posting.Amount}"
            + $"  {Word(posting.Tier)} {Word(posting.State)}  {Names(posting.Records)}";
        if (posting.Reason is not null)
        {
            yield return $"  {posting.Reason}";
        }
    }

    static string ExposureLine(Exposure row) =>
        $"exposure {row.Currency} {row.Source} {row.Class} {Word(row.Status!)}"
        + $"  {row.Age} days  net {row.Net}  absolute {row.Absolute}  count {row.Count}";

    static IEnumerable<string> TruthLines(JudgingInput input, LegMatches leg)
    {
        var truths = TruthTable.Of(input.Pack, input.Tables, leg, CancellationToken.None);
        var lags = Lags.Of(input.Pack, input.Tables, leg, input.Calendars, CancellationToken.None);
        for (var match = 0; match < leg.Count; match++)
        {
            var m = match;
            var believed = truths.Select(truth => $"{truth.Field} = {Believed(truth, m, leg)}");
            var late = lags.Where(lag => lag.Text(m) is not null)
                .Select(lag => $"{lag.Fields} lag {lag.Text(m)}");
            var said = believed.Concat(late).ToList();
            var ids = Ids(input, leg, 0, m).Concat(Ids(input, leg, 1, m));
            if (said.Count > 0)
            {
                yield return $"truth {string.Join(' ', ids)}  {string.Join("; ", said)}";
            }
        }
    }

    static IEnumerable<string> Ids(JudgingInput input, LegMatches leg, int side, int match)
    {
        var table = input.Tables[leg.Leg.Sources[side].Index];
        return leg.RowsOf(side, match).ToArray().Select(table.Id);
    }

    static string Believed(TruthColumns truth, int match, LegMatches leg)
    {
        if (truth.From[match] == 255)
        {
            return "nobody knows";
        }

        var other = leg.Leg.Names[truth.Against[match] == 1 ? 0 : 1];
        var against = truth.Against[match] == 0 ? "" : $" against {other}";
        return $"{truth.Values.Text(match)} by {leg.Leg.Names[truth.From[match]]}{against}";
    }

    static string Word(Enum value) =>
        value is Tier.AutoFlag ? "auto-flag" : value.ToString().ToLowerInvariant();

    static string Names(IReadOnlyList<RecordId> records) => string.Join(' ', records);
}
