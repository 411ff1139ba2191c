// A store that lasts as long as a test.
using Recon.Model;
using Recon.Runs.Ports;
using Recon.Runs.Results;

namespace Recon.Runs.Testing;

/// <summary>Keeps runs in memory, by the same rules as a store on disk. For one thread.</summary>
public sealed class MemoryRunStore : IRunStore
{
    readonly List<(RunSubmission Submission, StoredRun Stored)> _runs = [];
    readonly Dictionary<string, EarlierPosting> _postings = new(StringComparer.Ordinal);

    public IDisposable Claim(string packId, DateOnly businessDate) => new Unclaimed();

    public OpeningState Opening(string packId, DateOnly businessDate)
    {
        var newest = _runs
            .Where(run => run.Stored.Head.PackId == packId && run.Stored.Head.BusinessDate < businessDate)
            .OrderByDescending(run => run.Stored.Head.BusinessDate).ThenByDescending(run => run.Stored.Head.Revision)
            .Select(run => run.Submission).FirstOrDefault();
        if (newest is null)
        {
            return OpeningState.Empty;
        }

        var chain = Chain(newest).ToList();
        return new OpeningState(
            newest.ClosingHash,
            newest.Record.Head.Id,
            newest.Carried,
            [.. chain.SelectMany(run => run.Settled)],
            [.. chain.SelectMany(run => run.Closings).DistinctBy(closing => (closing.Source, closing.Account))]);
    }

    public StoredRun? FindByKey(string runKey) =>
        _runs.Select(run => run.Stored).FirstOrDefault(run => run.Head.Key == runKey);

    public int Revisions(string packId, DateOnly businessDate) =>
        _runs.Count(run => run.Stored.Head.PackId == packId && run.Stored.Head.BusinessDate == businessDate);

    public IReadOnlyDictionary<string, EarlierPosting> EarlierPostings(IReadOnlyCollection<string> keys) =>
        keys.Where(_postings.ContainsKey).ToDictionary(key => key, key => _postings[key], StringComparer.Ordinal);

    public IReadOnlyDictionary<string, EarlierPosting> QueuedFor(IReadOnlyCollection<string> breakIds) =>
        _runs.SelectMany(run => run.Submission.Record.Posts)
            .Where(post => breakIds.Contains(post.Break) && _postings[post.Key].State == PostingState.Queued)
            .GroupBy(post => post.Break, StringComparer.Ordinal)
            .ToDictionary(posts => posts.Key, posts => _postings[posts.First().Key], StringComparer.Ordinal);

    public StoredRun Record(RunSubmission submission)
    {
        var record = submission.Record;
        var head = new RunHead(
            record.Head.Id, record.Head.Key, record.Head.PackId, record.Head.PackVersion, record.Head.BusinessDate,
            record.Head.Revision, record.Head.State, submission.At, record.Matches.Count, record.Breaks.Count, record.Posts.Count);
        var stored = new StoredRun(head, record);
        _runs.Add((submission, stored));
        foreach (var posting in record.Posts)
        {
            _postings.TryAdd(posting.Key, new EarlierPosting(
                posting.Key, posting.Effect, posting.State, record.Head.Id, record.Head.BusinessDate));
        }

        return stored;
    }

    public void RecordFailure(FailedAttempt attempt)
    {
    }

    public IReadOnlyList<RunHead> Runs(string? packId, int limit) =>
        [.. _runs.Select(run => run.Stored.Head).Where(run => packId is null || run.PackId == packId).Reverse().Take(limit)];

    public StoredRun? FindRun(string idOrPrefix) =>
        _runs.Select(run => run.Stored).SingleOrDefault(run => run.Head.Id.StartsWith(idOrPrefix, StringComparison.Ordinal));

    public IReadOnlyList<StoredBreak> Breaks(string? packId, bool closed) =>
    [
        .. _runs.GroupBy(run => run.Stored.Head.PackId).Where(runs => packId is null || runs.Key == packId)
            .SelectMany(runs => runs.Last().Stored.Record.Breaks.Select(item => new StoredBreak(
                item, runs.Key, runs.Last().Stored.Head.Id, runs.Last().Stored.Head.BusinessDate, null, []))),
    ];

    public StoredBreak? FindBreak(string idOrPrefix) =>
        Breaks(null, closed: false).SingleOrDefault(item => item.Break.Id.StartsWith(idOrPrefix, StringComparison.Ordinal));

    public string? Verify() => null;

    public void Dispose()
    {
    }

    IEnumerable<RunSubmission> Chain(RunSubmission? run)
    {
        while (run is not null)
        {
            yield return run;
            var parent = run.OpeningRunId;
            run = _runs.Select(entry => entry.Submission).FirstOrDefault(entry => entry.Record.Head.Id == parent);
        }
    }

    sealed class Unclaimed : IDisposable
    {
        public void Dispose()
        {
        }
    }
}
