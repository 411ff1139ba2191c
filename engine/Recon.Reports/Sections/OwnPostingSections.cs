// A record of the books that is a posting of ours, or one that is booked by it, seen from itself.
using Recon.Model;
using Recon.Model.Rules;
using Recon.Runs;
using Recon.Runs.Results;

namespace Recon.Reports.Sections;

static class OwnPostingSections
{
    /// <summary>The match by <c>own-postings</c> in which a record stands; null where it stands in none.</summary>
    public static Section? Of(DecidedRun decided, RecordTable table, int row)
    {
        if (decided.PostingOf(table.Source, row) is not { } posting)
        {
            return null;
        }

        var view = MatchView.Of(decided.Submission.Record, new RecordId(table.Name, table.Id(row)))
            .First(match => BuiltInPasses.IsOwnPostings(match.Pass));
        return new Section(
            $"{table.Name}: matched by {view.Pass}, class {view.Class}",
            [new("posting"), new("rule"), new("to"), new("debit"), new("credit"), new("amount"), new("since")],
            [[posting.Key, posting.Rule, posting.To, posting.Debit, posting.Credit, posting.Amount.ToString(), ResultDocument.Iso(posting.Since)]],
            "",
            view.Break?.Reason ?? (view.Records is [_] ? "the books say what the posting says"
                : $"the books say what the posting says, which was made for this: {RunSections.RecordNames(view.Records)}"));
    }
}
