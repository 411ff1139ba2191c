// What a recorded run says of one posting, break or match, as sections.
using Recon.Model;
using Recon.Runs.Acting;
using Recon.Runs.Ports;
using Recon.Runs.Results;

namespace Recon.Reports.Sections;

/// <summary>Facts of a run's record, shown as they were recorded.</summary>
public static class RecordedSections
{
    /// <param name="run">The run that recorded it, in words; null for the run being explained.</param>
    /// <param name="now">The state to which it has come since; null where that is unknown.</param>
    public static Section Of(Posting post, string? run = null, PostingState? now = null) => Facts($"posting {post.Key}", run,
    [
        ["for", post.Rule],
        ["to", post.To],
        ["debit", post.Debit],
        ["credit", post.Credit],
        ["amount", post.Amount.ToString()],
        ["state", $"{ResultDocument.Word(post.State)} (tier {ResultDocument.Word(post.Tier)})"],
        .. now is { } state && state != post.State ? [["state now", ResultDocument.Word(state)]] : Array.Empty<string[]>(),
        ["why", RunSections.Why(post) is { Length: > 0 } why ? why : "the rule says so"],
        .. post.State.Waits() ? [["approvals", People(post.Approvals)]] : Array.Empty<string[]>(),
        ["break", post.Break],
        ["records", RunSections.RecordNames(post.Records)],
    ]);

    /// <summary>What waits for people, as an approver should see it.</summary>
    public static Section Of(Proposal proposal)
    {
        var post = proposal.Posting;
        return Facts($"posting {post.Key}", Named(proposal.Run),
        [
            ["hash", proposal.Hash],
            ["would post", ApprovalDesk.EntryOf(post)],
            ["for", post.Rule],
            .. post.Owner is { } owner ? [["rules owned by", owner]] : Array.Empty<string[]>(),
            ["state", ResultDocument.Word(post.State)],
            ["why", RunSections.Why(post) is { Length: > 0 } why ? why : "the rule leaves it to a person"],
            ["records", RunSections.RecordNames(post.Records)],
            ["approvals", $"{proposal.Approved.Count} of {People(post.Approvals)}"
                + (proposal.Approved.Count == 0 ? "" : $": {string.Join(", ", proposal.Approved.Select(act => act.By))}")],
            .. proposal.Objection is { } objection ? [["cannot be approved", objection]] : Array.Empty<string[]>(),
        ]);
    }

    static string People(int number) => number == 1 ? "1 person" : $"{number} people";

    /// <param name="run">The run that recorded it, in words.</param>
    public static Section Of(Break item, string run) => Facts($"break {item.Id}", run,
    [
        ["leg", string.Join(" ~ ", item.Leg)],
        ["pass", item.Pass ?? "none"],
        ["records", RunSections.RecordNames(item.Records)],
        ["class", $"{item.Class} ({ResultDocument.Word(item.Status)}, tier {ResultDocument.Word(item.Tier)})"],
        ["value", RunSections.Values(item.Value)],
        ["since", ResultDocument.Iso(item.Born)],
        ["due", item.Due is DateOnly due ? ResultDocument.Iso(due) : "no deadline"],
        ["why", item.Reason],
    ]);

    /// <param name="run">The run that recorded it, in words.</param>
    public static Section Of(MatchView match, string run) => match.Break is { } item ? Of(item, run)
        : Facts($"match {match.Id}", run,
        [
            ["leg", string.Join(" ~ ", match.Leg)],
            ["pass", match.Pass],
            ["records", RunSections.RecordNames(match.Records)],
            ["class", match.Class],
        ]);

    /// <param name="run">The run that recorded it, in words.</param>
    public static Section Of(Duplicate duplicate, string run) => Facts($"record {duplicate.Record}", run,
        [["left out by", duplicate.Pass], ["repeats", $"{duplicate.Record.Source}:{duplicate.Kept}"]]);

    /// <param name="run">The run that recorded it, in words.</param>
    public static Section Of(Reject reject, string run) => Facts($"record {reject.Source}:{reject.Id}", run,
        [["rejected", reject.Reason], ["at", InputPlace.Of(reject.File, reject.Line)]]);

    /// <summary><c>run 12ab… of 2026-02-27, revision 1, superseded by revision 2</c>.</summary>
    public static string Named(RunHead run) => $"run {run.Id} of {ResultDocument.Iso(run.BusinessDate)}, revision {run.Revision}"
        + (run.SupersededBy is { } standing ? $", superseded by revision {standing}" : "");

    static Section Facts(string title, string? run, IReadOnlyList<IReadOnlyList<string>> rows) =>
        new(title, [new(""), new("")], rows, "", run is null ? null : $"as recorded by {run}");
}
