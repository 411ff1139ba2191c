// The outbox, and what each run said about a posting's key.
using Recon.Model;
using Recon.Runs.Ports;

namespace Recon.Store.Rows;

static class PostingRows
{
    public static RunTable Table { get; } = RunTable.Of(
        "postings", "run ordinal posting_key effect rule target debit credit amount currency tier state break_id", numbers: "run ordinal");

    public static RunTable Mentions { get; } = RunTable.Of(
        "posting_mentions", "run ordinal posting_key effect tier state break_id", numbers: "run ordinal");

    /// <summary>
    /// The places of the postings whose key nobody used before: they go to the outbox. A key that stands there keeps its row, whatever
    /// the later run says.
    /// </summary>
    /// <exception cref="ReconException">
    /// <see cref="FaultKind.Busy"/>: another run used the key for something else since this run asked.
    /// </exception>
    public static List<int> New(Database database, IReadOnlyList<Posting> posts)
    {
        var (fresh, effects) = (new List<int>(), new Dictionary<string, string>(StringComparer.Ordinal));
        using var find = database.Prepare(database.Sql["postings.by_key"]);
        for (var i = 0; i < posts.Count; i++)
        {
            var post = posts[i];
            var earlier = find.FirstOrNull(Read, post.Key);
            if ((earlier?.Effect ?? effects.GetValueOrDefault(post.Key)) is not { } effect)
            {
                fresh.Add(i);
                effects.Add(post.Key, post.Effect);
            }
            else if (effect != post.Effect && post.State == PostingState.Queued)
            {
                throw new ReconException(
                    $"run {earlier?.RunId} used the key of the posting for break {post.Break} meanwhile; run again",
                    FaultKind.Busy, isTransient: true);
            }
        }

        return fresh;
    }

    public static void Write(RunTableWriter outbox, long number, IReadOnlyList<Posting> posts, IReadOnlyList<int> places)
    {
        foreach (var place in places)
        {
            AddToOutbox(outbox, number, place, posts[place]);
        }
    }

    /// <summary>Every posting is a mention.</summary>
    public static void WriteMentions(RunTableWriter mentions, long number, IReadOnlyList<Posting> posts)
    {
        for (var i = 0; i < posts.Count; i++)
        {
            var post = posts[i];
            mentions.Add(number, i, post.Key, post.Effect, post.Tier.ToString(), post.State.ToString(), post.Break);
        }
    }

    static void AddToOutbox(RunTableWriter outbox, long number, int ordinal, Posting post) => outbox.Add(
        number,
        ordinal,
        post.Key,
        post.Effect,
        post.Rule,
        post.To,
        post.Debit,
        post.Credit,
        post.Amount.Number.ToString(),
        post.Amount.Currency,
        post.Tier.ToString(),
        post.State.ToString(),
        post.Break);

    /// <summary>What the outbox holds for a break, as it is now.</summary>
    public static List<OutboxEntry> OfBreak(Database database, string breakId) => database.All(
        database.Sql["postings.by_break"],
        row => new OutboxEntry(
            row.Text(0), row.Choice<PostingState>(1), row.Text(2), row.Date(3), row.Text(4), row.Text(5), row.Text(6),
            AmountOf(database, row.Text(0), row.Text(7), row.Text(8)))
        {
            Delivery = row.Choice<DeliveryState>(9),
        },
        breakId);

    static Money AmountOf(Database database, string key, string number, string currency) =>
        Money.TryParse($"{number} {currency}", out var amount) ? amount : throw database.Damaged($"posting {key} has no amount");

    /// <summary>What is in the outbox of a pack and not acknowledged, in order.</summary>
    public static List<OutboxPosting> Undelivered(Database database, string packId) =>
        database.All(database.Sql["outbox.unacknowledged"], row => ReadOutbox(database, row), packId)
            .FindAll(posting => posting.Decided == PostingState.Queued);

    public static List<OutboxPosting> Newest(Database database, string? packId) =>
        database.All(database.Sql["outbox.newest"], row => ReadOutbox(database, row), packId);

    /// <summary>Every posting of a pack, as what comes back in its books.</summary>
    public static List<OwnPosting> Own(Database database, string packId) => database.All(
        database.Sql["outbox.own"],
        row => new OwnPosting(
            row.Text(0), row.Text(1), row.Text(2), row.Text(3), row.Text(4), AmountOf(database, row.Text(0), row.Text(5), row.Text(6)),
            OwnStateOf(row.Choice<PostingState>(7), row.Choice<DeliveryState>(8)),
            row.TextOrNull(10) is null ? row.Date(9) : Later(row.Date(9), DateOnly.FromDateTime(row.Moment(10).UtcDateTime)))
        {
            For = row.Text(11),
        },
        packId);

    static OwnPostingState OwnStateOf(PostingState decided, DeliveryState delivery) => decided switch
    {
        PostingState.Queued => delivery == DeliveryState.Failed ? OwnPostingState.NotAwaited : OwnPostingState.Awaited,
        PostingState.Withdrawn => OwnPostingState.Withdrawn,
        _ => OwnPostingState.NotAwaited,
    };

    static DateOnly Later(DateOnly one, DateOnly other) => one > other ? one : other;

    // What has not been sent says of itself where it stands; that is not where a delivery is.
    static OutboxPosting ReadOutbox(Database database, Row row) => new(
        row.Text(0), row.Text(1), row.Date(2), row.Text(3), row.Text(4), row.Text(5), row.Text(6), row.Text(7), row.Text(8),
        AmountOf(database, row.Text(3), row.Text(9), row.Text(10)), row.Text(11), row.Choice<PostingState>(12), row.Choice<DeliveryState>(13));

    /// <summary>The run that spoke of a posting last; null where none did.</summary>
    public static string? SaidBy(Database database, string key, string effect) =>
        database.FirstOrNull(database.Sql["postings.said_by"], row => row.Text(0), key, effect);

    /// <summary>What a run was the first to ask for, and queued.</summary>
    public static List<Money> Posted(Database database, long run) => database.All(
        database.Sql["postings.queued_of_run"], row => AmountOf(database, row.Text(0), row.Text(1), row.Text(2)), run);

    public static Dictionary<string, EarlierPosting> Earlier(Database database, IReadOnlyCollection<string> keys)
    {
        var earlier = new Dictionary<string, EarlierPosting>(StringComparer.Ordinal);
        using var find = database.Prepare(database.Sql["postings.by_key"]);
        foreach (var key in keys)
        {
            if (find.FirstOrNull(Read, key) is { } posting)
            {
                earlier[key] = posting;
            }
        }

        return earlier;
    }

    /// <summary>Those that the standing run of no other date wants with the same effect, and queued ones that none has queued.</summary>
    public static List<PostingOfDate> NotHeldElsewhere(
        Database database, List<PostingOfDate> wanted, string packId, DateOnly businessDate)
    {
        using var find = database.Prepare(database.Sql["postings.held_by_another_date"]);
        return wanted.FindAll(entry => find.FirstOrNull(
            row => row.Text(0), entry.Posting.Key, entry.Posting.Effect, entry.Posting.State.ToString(), packId, businessDate) is null);
    }

    /// <summary>The first posting in the outbox for each of the breaks, by break id.</summary>
    public static Dictionary<string, EarlierPosting> QueuedFor(Database database, IReadOnlyCollection<string> breakIds)
    {
        var queued = new Dictionary<string, EarlierPosting>(StringComparer.Ordinal);
        using var find = database.Prepare(database.Sql["postings.queued_by_break"]);
        foreach (var id in breakIds)
        {
            if (find.FirstOrNull(Read, id) is { } posting)
            {
                queued[id] = posting;
            }
        }

        return queued;
    }

    static EarlierPosting Read(Row row) =>
        new(row.Text(0), row.Text(1), row.Choice<PostingState>(2), row.Text(3), row.Date(4))
        {
            IsHandedOver = row.Choice<DeliveryState>(5) is DeliveryState.Sent or DeliveryState.Acknowledged,
        };
}
