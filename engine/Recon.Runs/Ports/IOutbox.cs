// The outbox as deliveries need it, and what delivers to the books.
using Recon.Model;

namespace Recon.Runs.Ports;

/// <summary>What became of a posting of the outbox.</summary>
public enum DeliveryState
{
    /// <summary>To be delivered.</summary>
    Queued,

    /// <summary>Handed to the target, which has not said that it has it.</summary>
    Sent,

    /// <summary>The target has it.</summary>
    Acknowledged,

    /// <summary>The target refuses it: it is not tried again before a person says so.</summary>
    Failed,
}

/// <summary>A posting that a run asked for.</summary>
/// <param name="Decided">Whether it is in the outbox (<see cref="PostingState.Queued"/>), waits for people or is withdrawn.</param>
/// <param name="Delivery">Of one that is in the outbox.</param>
public sealed record OutboxPosting(
    string PackId, string RunId, DateOnly BusinessDate, string Key, string Effect, string Rule, string To, string Debit, string Credit, Money Amount,
    string Break, PostingState Decided, DeliveryState Delivery)
{
    /// <summary>The word for where it is.</summary>
    public string Word => WordOf(Decided, Delivery);

    internal static string WordOf(PostingState decided, DeliveryState delivery) => decided == PostingState.Queued
        ? delivery.ToString().ToLowerInvariant()
        : Results.ResultDocument.Word(decided);
}

/// <summary>Something that happened to a posting.</summary>
/// <param name="State">The state to which it came.</param>
/// <param name="Detail">What happened, for people.</param>
public sealed record PostingEvent(string State, string Detail, DateTimeOffset At, string By);

/// <summary>A step of a delivery, to be written down.</summary>
public sealed record DeliveryStep(OutboxPosting Posting, DeliveryState State, string Detail);

/// <summary>What a target says of a posting.</summary>
/// <param name="State">
/// <see cref="DeliveryState.Acknowledged"/>, <see cref="DeliveryState.Failed"/> where it refuses it for good, or <see cref="DeliveryState.Sent"/>
/// where it has not answered: it is handed over again with the next delivery.
/// </param>
/// <param name="Detail">For people: why, and after how many tries.</param>
public sealed record TargetAnswer(DeliveryState State, string Detail);

/// <summary>The outbox of a store. Every change is an append.</summary>
public interface IOutbox
{
    /// <summary>What of a pack is in the outbox and not acknowledged, failed ones too, in the order in which it came there.</summary>
    IReadOnlyList<OutboxPosting> Undelivered(string packId);

    /// <summary>Every posting that runs asked for, the newest first; of all packs where <paramref name="packId"/> is null.</summary>
    IReadOnlyList<OutboxPosting> Postings(string? packId);

    /// <summary>What happened to a posting since its run, in order.</summary>
    IReadOnlyList<PostingEvent> EventsOf(string key);

    /// <summary>Writes steps down with their entries of the audit chain, in one transaction.</summary>
    void Write(IReadOnlyList<DeliveryStep> steps, DateTimeOffset at, string by);
}

/// <summary>Books that take postings. A key is taken once, however often it is handed over.</summary>
public interface IPostingTarget
{
    /// <summary>As people know it: <c>file out/ledger.jsonl</c>.</summary>
    string Name { get; }

    /// <summary>Hands postings over, in their order.</summary>
    /// <returns>One answer each.</returns>
    /// <exception cref="ReconException">Nobody knows which of them the target has; handing over the same again is safe.</exception>
    IReadOnlyList<TargetAnswer> Post(IReadOnlyList<OutboxPosting> postings, CancellationToken cancellation);
}
