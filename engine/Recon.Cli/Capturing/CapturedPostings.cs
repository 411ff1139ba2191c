// What a captured break needs of what was posted before it.
using System.Text;
using Recon.Cli.Proposing;
using Recon.Model;
using Recon.Runs;
using Recon.Runs.Freezing;
using Recon.Runs.Results;

namespace Recon.Cli.Capturing;

/// <param name="records">Those of the test.</param>
/// <param name="mask">Null: keys stay as they are.</param>
sealed class CapturedPostings(DecidedRun run, IReadOnlyList<RecordId> records, TextMask? mask)
{
    /// <summary>The entries of <c>posted:</c>, by key: postings that the records are, or that are missing.</summary>
    public IEnumerable<string> Lines() => Overdue().Concat(Named()).DistinctBy(posting => posting.Key)
        .OrderBy(posting => posting.Key, StringComparer.Ordinal).Select(LineOf).OfType<string>();

    IEnumerable<OwnPosting> Overdue() =>
        run.Own.Overdue.Select(overdue => overdue.Posting).Where(posting => records.Contains(posting.Record));

    IEnumerable<OwnPosting> Named() => records.Where(record => !OwnPosting.Is(record)).Select(record =>
    {
        var table = run.Tables.Single(table => table.Name == record.Source);
        return run.PostingOf(table.Source, table.RowOf(Encoding.UTF8.GetBytes(record.Id)));
    }).OfType<OwnPosting>();

    // A rule that the pack has no more cannot be named in its tests.
    string? LineOf(OwnPosting posting)
    {
        if (run.Pack.Resolutions.FirstOrDefault(rule => rule.For == posting.Rule)?.Post is not { } post)
        {
            return null;
        }

        var amount = post.Debit == posting.Debit ? posting.Amount : -posting.Amount;
        var state = posting.State switch
        {
            OwnPostingState.Awaited => "",
            OwnPostingState.Withdrawn => ", state: withdrawn",
            _ => ", state: proposed",
        };
        return $"      - {{ key: {ProposedSource.Quoted(mask?.Of(posting.Key) ?? posting.Key)}, rule: {posting.Rule}, amount: {amount},"
            + $" date: {ResultDocument.Iso(posting.Since)}{state} }}\n";
    }
}
