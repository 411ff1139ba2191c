// The outbox, and what each run said about a posting's key.
using Recon.Model;
using Recon.Runs.Ports;

namespace Recon.Store.Sqlite;

static class PostingRows
{
    public static RunTable Table { get; } = new(
        "postings",
        """
        INSERT INTO postings (
            run, ordinal, posting_key, effect, rule, target, debit, credit, amount, currency, tier, state, break_id)
        VALUES (
            @run, @ordinal, @posting_key, @effect, @rule, @target, @debit, @credit, @amount, @currency, @tier, @state,
            @break_id)
        """,
        """
        SELECT run, ordinal, posting_key, effect, rule, target, debit, credit, amount, currency, tier, state, break_id
        FROM postings WHERE run = @run ORDER BY ordinal
        """);

    public static RunTable Mentions { get; } = new(
        "posting_mentions",
        """
        INSERT INTO posting_mentions (run, ordinal, posting_key, effect, tier, state, break_id)
        VALUES (@run, @ordinal, @posting_key, @effect, @tier, @state, @break_id)
        """,
        """
        SELECT run, ordinal, posting_key, effect, tier, state, break_id
        FROM posting_mentions WHERE run = @run ORDER BY ordinal
        """);

    /// <summary>
    /// Every posting is a mention; one whose key nobody used before goes to the outbox too. A key that stands there
    /// keeps its row, whatever the later run says.
    /// </summary>
    /// <exception cref="ReconException">
    /// <see cref="FaultKind.Busy"/>: another run used the key for something else since this run asked.
    /// </exception>
    public static void Write(
        Database database, RunTableWriter outbox, RunTableWriter mentions, long number, IReadOnlyList<Posting> posts)
    {
        using var find = database.Prepare(ByKey);
        for (var i = 0; i < posts.Count; i++)
        {
            var post = posts[i];
            var earlier = find.FirstOrNull(Read, post.Key);
            if (earlier is null)
            {
                AddToOutbox(outbox, number, i, post);
            }
            else if (earlier.Effect != post.Effect && post.State == PostingState.Queued)
            {
                throw new ReconException(
                    $"run {earlier.RunId} used the key of the posting for break {post.Break} meanwhile; run again",
                    FaultKind.Busy, isTransient: true);
            }

            mentions.Add(
                number, i, post.Key, post.Effect, post.Tier.ToString(), post.State.ToString(), post.Break);
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

    // A reversal is proposed, withdrawn and proposed again: what the run says of it that came to stand last counts.
    const string StateNow = $"""
        coalesce(
            (SELECT said.state FROM (
                SELECT {RunRows.Seat} AS number, mention.ordinal, mention.state
                FROM posting_mentions AS mention JOIN runs ON runs.number = mention.run
                WHERE mention.posting_key = postings.posting_key AND mention.effect = postings.effect
                UNION ALL
                SELECT mention.reinstatement, mention.ordinal, mention.state
                FROM reinstatement_mentions AS mention
                WHERE mention.posting_key = postings.posting_key AND mention.effect = postings.effect) AS said
            ORDER BY said.number DESC, said.ordinal DESC LIMIT 1),
            postings.state)
        """;

    const string ByKey = $"""
        SELECT postings.posting_key, postings.effect, {StateNow}, runs.id, runs.business_date
        FROM postings JOIN runs ON runs.number = postings.run
        WHERE postings.posting_key = @posting_key
        """;

    const string ByBreak = $"""
        SELECT
            postings.posting_key, {StateNow}, runs.id, runs.business_date, postings.target, postings.debit, postings.credit,
            postings.amount, postings.currency
        FROM postings JOIN runs ON runs.number = postings.run
        WHERE postings.break_id = @break_id
        ORDER BY postings.run, postings.ordinal
        """;

    /// <summary>What the outbox holds for a break, as it is now.</summary>
    public static List<OutboxEntry> OfBreak(Database database, string breakId) => database.All(
        ByBreak,
        row => new OutboxEntry(
            row.Text(0), row.Choice<PostingState>(1), row.Text(2), row.Date(3), row.Text(4), row.Text(5), row.Text(6),
            Money.TryParse($"{row.Text(7)} {row.Text(8)}", out var amount)
                ? amount
                : throw StorageFault.Damaged(database.Path, $"posting {row.Text(0)} has no amount")),
        breakId);

    public static Dictionary<string, EarlierPosting> Earlier(Database database, IReadOnlyCollection<string> keys)
    {
        var earlier = new Dictionary<string, EarlierPosting>(StringComparer.Ordinal);
        using var find = database.Prepare(ByKey);
        foreach (var key in keys)
        {
            if (find.FirstOrNull(Read, key) is { } posting)
            {
                earlier[key] = posting;
            }
        }

        return earlier;
    }

    const string HeldByAnotherDate = $"""
        SELECT runs.id
        FROM posting_mentions AS held JOIN runs ON runs.number = held.run
        WHERE held.posting_key = @posting_key AND held.effect = @effect
            AND (held.state = 'Queued' OR (@state <> 'Queued' AND held.state <> 'Withdrawn'))
            AND runs.pack_id = @pack_id AND runs.business_date <> @business_date
            AND NOT EXISTS (
                SELECT 1 FROM runs AS newer
                WHERE newer.pack_id = runs.pack_id AND newer.business_date = runs.business_date
                    AND {RunRows.SeatOfNewer} > {RunRows.Seat})
        LIMIT 1
        """;

    /// <summary>Those that the standing run of no other date wants with the same effect, and queued ones that none has queued.</summary>
    public static List<PostingOfDate> NotHeldElsewhere(
        Database database, List<PostingOfDate> wanted, string packId, DateOnly businessDate)
    {
        using var find = database.Prepare(HeldByAnotherDate);
        var date = StoreText.Of(businessDate);
        return wanted.FindAll(entry => find.FirstOrNull(
            row => row.Text(0), entry.Posting.Key, entry.Posting.Effect, entry.Posting.State.ToString(), packId, date) is null);
    }

    const string QueuedByBreak = """
        SELECT postings.posting_key, postings.effect, postings.state, runs.id, runs.business_date
        FROM postings JOIN runs ON runs.number = postings.run
        WHERE postings.break_id = @break_id AND postings.state = 'Queued'
        ORDER BY postings.run, postings.ordinal LIMIT 1
        """;

    /// <summary>The first posting in the outbox for each of the breaks, by break id.</summary>
    public static Dictionary<string, EarlierPosting> QueuedFor(Database database, IReadOnlyCollection<string> breakIds)
    {
        var queued = new Dictionary<string, EarlierPosting>(StringComparer.Ordinal);
        using var find = database.Prepare(QueuedByBreak);
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
        new(row.Text(0), row.Text(1), row.Choice<PostingState>(2), row.Text(3), row.Date(4));
}
