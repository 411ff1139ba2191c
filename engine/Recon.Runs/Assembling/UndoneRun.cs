// A run that takes back what another one posted, and leaves its date as one that was not run.
using Recon.Model;
using Recon.Runs.Acting;
using Recon.Runs.Identity;
using Recon.Runs.Results;

namespace Recon.Runs.Assembling;

static class UndoneRun
{
    /// <summary>The key of the run that undoes the one with this key.</summary>
    internal static string KeyOf(string runKey)
    {
        using var digest = new ContentDigest();
        return digest.Add("recon-undo").Add(runKey).Hex();
    }

    /// <summary>The next revision of a date, which wants nothing: it begins where the run began that is undone, and ends there.</summary>
    /// <param name="opening">From which that run began.</param>
    /// <param name="posts">What becomes of the postings of its date.</param>
    internal static RunSubmission Of(RunRecord undone, int revision, OpeningState opening, IReadOnlyList<Posting> posts, Actor actor)
    {
        var key = KeyOf(undone.Head.Key);
        var record = new RunRecord
        {
            Head = undone.Head with { Id = key[..16], Key = key, Revision = revision, State = RunState.Undone },
            Sources = [],
            Passes = [],
            Matches = new MatchEvidence([]),
            Breaks = [],
            Rejects = [],
            Duplicates = [],
            Posts = posts,
            Exposure = [],
            Controls = [],
            Notices = [$"run {undone.Head.Id} is undone, by {actor.By}: {actor.Reason}"],
            Closed = [],
        };
        return new RunSubmission(record, opening.RunId, opening.Hash, opening.Hash, [], [], [], actor.At, actor.By);
    }
}
