// Postings and what became of them, as sections.
using System.Globalization;
using Recon.Model;
using Recon.Runs.Ports;
using Recon.Runs.Results;

namespace Recon.Reports.Sections;

public static class PostingSections
{
    /// <param name="left">How many more there are.</param>
    public static Section Of(IReadOnlyList<OutboxPosting> postings, int left) => new(
        "Postings, the newest first",
        [
            new("posting", IsWhole: true), new("state", IsWhole: true), new("date", IsWhole: true), new("pack"), new("to"), new("debit"), new("credit"),
            new("amount", true), new("break", IsWhole: true),
        ],
        [.. postings.Select(posting => (IReadOnlyList<string>)
        [
            posting.Key[..8], posting.Word, ResultDocument.Iso(posting.BusinessDate), posting.PackId, posting.To, posting.Debit, posting.Credit,
            posting.Amount.ToString(), posting.Break[..8],
        ])],
        "No postings.",
        left > 0 ? $"{left.ToString(CultureInfo.InvariantCulture)} more: --limit, --pack and --state choose" : null);

    /// <param name="posts">What an undone run leaves of the postings of its date.</param>
    public static Section OfUndo(IReadOnlyList<Posting> posts) => new(
        "What becomes of its postings",
        [
            new("posting", IsWhole: true), new("state", IsWhole: true), new("to"), new("debit"), new("credit"), new("amount", true),
            new("break", IsWhole: true), new("why"),
        ],
        [.. posts.Select(post => (IReadOnlyList<string>)
        [
            post.Key[..8], ResultDocument.Word(post.State), post.To, post.Debit, post.Credit, post.Amount.ToString(), post.Break[..8], post.Reason ?? "",
        ])],
        "It posted nothing.",
        LastIsSentence: true);

    public static Section Of(OutboxPosting posting) => new($"Posting {posting.Key}", [new(""), new("")],
    [
        ["state", posting.Word],
        ["pack", posting.PackId],
        ["for", posting.Rule],
        ["to", posting.To],
        ["debit", posting.Debit],
        ["credit", posting.Credit],
        ["amount", posting.Amount.ToString()],
        ["break", posting.Break],
        ["asked for by", $"run {posting.RunId} of {ResultDocument.Iso(posting.BusinessDate)}"],
    ], "");

    public static Section Of(IReadOnlyList<PostingEvent> events) => new(
        "What became of it",
        [new("when (UTC)", IsWhole: true), new("state", IsWhole: true), new("what"), new("by")],
        [.. events.Select(happened => (IReadOnlyList<string>)
        [
            happened.At.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture), happened.State.ToLowerInvariant(), happened.Detail,
            happened.By,
        ])],
        "Nothing since its run.");
}
