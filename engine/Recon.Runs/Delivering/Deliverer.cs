// Delivers what is in the outbox, each step written down before and after.
using Recon.Judging.Correcting;
using Recon.Runs.Ports;

namespace Recon.Runs.Delivering;

/// <summary>What a delivery did.</summary>
/// <param name="Acknowledged">What the targets have now.</param>
/// <param name="Refused">With the reason of the target.</param>
/// <param name="Unanswered">Handed over, and nobody knows whether they arrived.</param>
public sealed record DeliveryOutcome(
    IReadOnlyList<OutboxPosting> Acknowledged, IReadOnlyList<(OutboxPosting Posting, string Why)> Refused,
    IReadOnlyList<(OutboxPosting Posting, string Why)> Unanswered)
{
    public static DeliveryOutcome Nothing { get; } = new([], [], []);

    /// <summary>How many postings stay in the outbox because nobody said where their books are, by the name of the books.</summary>
    public IReadOnlyList<(string Books, int Count)> Untargeted { get; init; } = [];
}

/// <summary>
/// Hands postings to their targets. A crash between any two steps leaves a posting that is handed over once more, and a target takes a key
/// once; so nothing is lost and nothing doubled.
/// </summary>
/// <param name="targetOf">By pack and name of the books; null where none is set up: the posting stays in the outbox.</param>
public sealed class Deliverer(IOutbox outbox, Func<string, string, IPostingTarget?> targetOf)
{
    /// <summary>A date that is no business date: who delivers for a pack claims it, and who undoes a run of the pack.</summary>
    public static readonly DateOnly ClaimedDate = DateOnly.MinValue;

    // So many are written down together: a crash repeats at most these.
    const int Together = 500;

    /// <exception cref="Recon.Model.ReconException">A target or the store; what was delivered before is written down.</exception>
    public DeliveryOutcome Deliver(string packId, Func<DateTimeOffset> now, string by, CancellationToken cancellation)
    {
        var undelivered = outbox.Undelivered(packId);
        var answers = new List<(OutboxPosting Posting, TargetAnswer Answer)>();
        var untargeted = new List<(string Books, int Count)>();
        foreach (var books in undelivered.GroupBy(posting => posting.To, StringComparer.Ordinal).OrderBy(books => books.Key, StringComparer.Ordinal))
        {
            if (targetOf(packId, books.Key) is not { } target)
            {
                untargeted.Add((books.Key, books.Count()));
                continue;
            }

            // A reversal stands behind what it reverses, and is not due before the books have that.
            var missing = books.Select(posting => posting.Key).ToHashSet(StringComparer.Ordinal);
            var pending = books.Where(posting => posting.Delivery != DeliveryState.Failed).ToList();
            while (Due(pending, missing) is { Count: > 0 } due)
            {
                cancellation.ThrowIfCancellationRequested();
                pending.RemoveAll(due.Contains);
                foreach (var (posting, answer) in due.Zip(HandOver(target, due, now, by, cancellation)))
                {
                    answers.Add((posting, answer));
                    if (answer.State == DeliveryState.Acknowledged)
                    {
                        missing.Remove(posting.Key);
                    }
                }
            }
        }

        return new DeliveryOutcome(
            [.. answers.Where(entry => entry.Answer.State == DeliveryState.Acknowledged).Select(entry => entry.Posting)],
            Of(answers, DeliveryState.Failed), Of(answers, DeliveryState.Sent))
        {
            Untargeted = untargeted,
        };
    }

    static List<(OutboxPosting Posting, string Why)> Of(List<(OutboxPosting Posting, TargetAnswer Answer)> answers, DeliveryState state) =>
        [.. answers.Where(entry => entry.Answer.State == state).Select(entry => (entry.Posting, entry.Answer.Detail))];

    static List<OutboxPosting> Due(List<OutboxPosting> pending, HashSet<string> missing)
    {
        var waiting = missing.Select(PostingKey.OfReversal).ToHashSet(StringComparer.Ordinal);
        return [.. pending.Where(posting => !waiting.Contains(posting.Key)).Take(Together)];
    }

    IReadOnlyList<TargetAnswer> HandOver(
        IPostingTarget target, List<OutboxPosting> due, Func<DateTimeOffset> now, string by, CancellationToken cancellation)
    {
        outbox.Write([.. due.Select(posting => new DeliveryStep(posting, DeliveryState.Sent, $"to {target.Name}"))], now(), by);
        var answers = target.Post(due, cancellation);
        outbox.Write([.. due.Zip(answers, (posting, answer) => new DeliveryStep(posting, answer.State, $"{target.Name}: {answer.Detail}"))], now(), by);
        return answers;
    }
}
