// The outbox of a store.
using Recon.Runs.Ports;
using Recon.Store.Rows;

namespace Recon.Store;

public abstract partial class RunStore : IOutbox
{
    public IReadOnlyList<OutboxPosting> Undelivered(string packId) => AskOfOneMoment(() => PostingRows.Undelivered(Database, packId));

    public IReadOnlyList<OutboxPosting> Postings(string? packId) => AskOfOneMoment(() => PostingRows.Newest(Database, packId));

    public IReadOnlyList<PostingEvent> EventsOf(string key) => AskOfOneMoment(() => PostingEventRows.OfKey(Database, key));

    public void Write(IReadOnlyList<DeliveryStep> steps, DateTimeOffset at, string by) => Ask(() =>
    {
        using var transaction = Database.BeginWrite();
        foreach (var step in steps)
        {
            PostingEventRows.Add(Database, step.Posting.Key, step.Posting.Effect, step.State.ToString(), step.Detail, at, by);
        }

        transaction.Commit();
        return true;
    }, isRepeatable: false);
}
