// What a person asks the store to keep, and what came of it.
using Recon.Model;
using Recon.Model.Acts;
using Recon.Runs.Results;

namespace Recon.Runs.Ports;

/// <summary>An act to be recorded, once.</summary>
/// <param name="Act">With its effect; key and number are given when it is recorded.</param>
/// <param name="Key">The key that the person chose; null: the act repeats the last one of its subject if it has the same effect.</param>
/// <param name="Objection">
/// Why the act is not possible after the earlier acts on its pack, which are given in their order; null where it is. Asked
/// while nobody else writes.
/// </param>
public sealed record ActRequest(Act Act, string? Key, Func<IReadOnlyList<Act>, string?> Objection)
{
    /// <summary>Of the earlier acts on the pack the one by which already holds what is wanted; it is given where no key was.</summary>
    public Func<IReadOnlyList<Act>, Act?> Holding { get; init; } = _ => null;

    /// <summary>The posting that the act is about; null where it is about none.</summary>
    public PostingMove? Move { get; init; }

    /// <summary>Why the act is not possible, given all runs of its pack as they stand while nobody else writes; null where it is.</summary>
    public Func<IReadOnlyList<RunHead>, string?> ObjectionOfRuns { get; init; } = _ => null;

    /// <summary>What takes a run back; null where the act does not.</summary>
    public RunUndoing? Undoing { get; init; }
}

/// <summary>A run that takes back what another one posted, recorded with the act that asks for it.</summary>
/// <param name="Seen">Each posting that it moves as it was before: where one has moved since, nothing is recorded.</param>
public sealed record RunUndoing(RunSubmission Submission, IReadOnlyDictionary<string, EarlierPosting> Seen)
{
    /// <summary>Postings that leave the outbox: their targets do not have them.</summary>
    public IEnumerable<Posting> Withdrawn => Submission.Record.Posts
        .Where(posting => posting.State == PostingState.Withdrawn && Seen.GetValueOrDefault(posting.Key)?.State == PostingState.Queued);

    /// <exception cref="ReconException"><see cref="FaultKind.Busy"/>: a posting has moved since it was seen.</exception>
    public void Demand(IReadOnlyDictionary<string, EarlierPosting> now)
    {
        if (Seen.FirstOrDefault(seen => now.GetValueOrDefault(seen.Key) != seen.Value) is { Key: { } moved })
        {
            throw new ReconException($"posting {moved[..8]} has moved meanwhile; try again", FaultKind.Busy, isTransient: true);
        }
    }
}

/// <summary>A posting that waits, and goes into the outbox with the act that makes its approvals enough.</summary>
/// <param name="SaidBy">The run that spoke of it last when the person saw it: another one has been recorded since, the act is refused.</param>
/// <param name="IsDue">Given the acts on the pack with the new one: whether it is queued now.</param>
public sealed record PostingMove(string Key, string Effect, string SaidBy, Func<IReadOnlyList<Act>, bool> IsDue)
{
    /// <summary>Why the act is not possible; null where the posting still waits as it was seen.</summary>
    /// <param name="now">What is recorded under the key; null where nothing is.</param>
    /// <param name="saidBy">The run that spoke of it last.</param>
    public string? Objection(EarlierPosting? now, string? saidBy) =>
        now is null || now.Effect != Effect || !now.State.Waits() ? $"posting {Key[..8]} does not wait for anybody any more"
        : saidBy != SaidBy ? $"run {saidBy} has spoken of posting {Key[..8]} since: look again at what is posted"
        : null;
}

/// <param name="WasRecorded">True where the act had been recorded before: nothing was done again.</param>
public sealed record ActOutcome(Act Act, bool WasRecorded);
