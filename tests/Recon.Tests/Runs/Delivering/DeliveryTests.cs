// Postings reach the books once, wherever a delivery breaks off.
using System.Text.Json;
using Recon.Delivery;
using Recon.Judging.Correcting;
using Recon.Model;
using Recon.Runs.Delivering;
using Recon.Runs.Ports;
using Recon.Tests.Store;
using Xunit;

namespace Recon.Tests.Runs.Delivering;

public abstract class DeliveryTests(TempStore temp) : StoreTests(temp)
{
    [Fact]
    public void Wherever_a_delivery_breaks_off_the_next_ones_bring_each_posting_once()
    {
        // One store for all: a pack for each step at which a delivery breaks off.
        var faults = 0;
        using var store = Temp.Open();
        for (var (n, hasBroken) = (1, true); hasBroken; n++)
        {
            using var books = new TemporaryBooks();
            var (pack, first, second) = ($"pay.{n}", Posting($"a{n}"), Posting($"b{n}"));
            store.Record(Submissions.Run(2, pack: pack, posts: [first, second, Submissions.Post($"c{n}", "3.00", PostingState.Proposed)]));
            var breaking = new BreakingOff(store, books.Target, n);
            var broken = Xunit.Record.Exception(() => { Deliver(breaking, breaking, pack); });
            hasBroken = breaking.HasBroken;
            faults += hasBroken ? 1 : 0;
            Assert.Equal(hasBroken, broken is IOException);
            Assert.Equal(2 - breaking.Done, Deliver(store, books.Target, pack).Acknowledged.Count);
            Assert.Empty(Deliver(store, books.Target, pack).Acknowledged);
            Assert.Equal([first.Key, second.Key], books.Keys());
            Assert.Equal(["proposed", "acknowledged", "acknowledged"], store.Postings(pack).Select(posting => posting.Word));
        }

        Assert.Null(store.Verify());
        Assert.Equal(6, faults);
    }

    [Fact]
    public void What_a_target_refuses_stops_nobody_else_and_its_reversal_stays_until_it_is_delivered()
    {
        var (first, second) = (Posting("a"), Posting("b"));
        var reversal = first with { Key = PostingKey.OfReversal(first.Key), Effect = "undone", Debit = first.Credit, Credit = first.Debit };
        using var store = Temp.Open();
        store.Record(Submissions.Run(2, posts: [first, second, reversal]));
        var target = new Refusing(first.Key);
        var outcome = Deliver(store, target);
        Assert.Equal([second.Key], outcome.Acknowledged.Select(posting => posting.Key));
        Assert.Equal([(first.Key, "account fees is closed")], outcome.Refused.Select(refused => (refused.Posting.Key, refused.Why)));
        Assert.Empty(Deliver(store, target).Refused);
        Assert.Equal(["sent", "failed"], store.EventsOf(first.Key).Select(happened => happened.State.ToLowerInvariant()));

        store.Write([new DeliveryStep(store.Undelivered(Submissions.Pack)[0], DeliveryState.Queued, "again")], Submissions.At, "anna");
        target.Refused = "";
        Assert.Equal([first.Key, reversal.Key], Deliver(store, target).Acknowledged.Select(posting => posting.Key));
        Assert.Equal([second.Key, first.Key, reversal.Key], target.Taken);
        Assert.Null(store.Verify());
    }

    [Fact]
    public void What_is_approved_is_delivered_and_a_run_says_of_it_what_it_decided()
    {
        using var store = Temp.Open();
        store.Record(Submissions.Run(2, posts: [Posting("a")]));
        using var books = new TemporaryBooks();
        Deliver(store, books.Target);
        Assert.Equal(PostingState.Queued, store.EarlierPostings([Posting("a").Key])[Posting("a").Key].State);
        Assert.Equal(PostingState.Queued, Assert.Single(store.PostingsFor(Posting("a").Break)).State);
        Assert.Equal(Posting("a").Key, store.QueuedFor([Posting("a").Break])[Posting("a").Break].Key);
        Assert.Equal("acknowledged", Assert.Single(store.Postings(packId: null)).Word);
    }

    [Fact]
    public void A_line_that_was_cut_off_is_written_again_and_a_line_of_somebody_else_is_left_alone()
    {
        using var store = Temp.Open();
        store.Record(Submissions.Run(2, posts: [Posting("a"), Posting("b")]));
        using var books = new TemporaryBooks();
        Deliver(store, books.Target);
        var whole = File.ReadAllBytes(books.Path);
        var postings = store.Postings(packId: null).Reverse().ToList();
        for (var length = 0; length < whole.Length; length++)
        {
            File.WriteAllBytes(books.Path, whole[..length]);
            Assert.All(books.Target.Post(postings, CancellationToken.None), answer => Assert.Equal(DeliveryState.Acknowledged, answer.State));
            Assert.Equal(whole, File.ReadAllBytes(books.Path));
        }

        Assert.Equal(
            new TargetAnswer(DeliveryState.Failed, "the file has this key with another effect"),
            Assert.Single(books.Target.Post([postings[0] with { Effect = "another" }], CancellationToken.None)));
        File.AppendAllText(books.Path, "hello\n");
        var fault = Assert.Throws<ReconException>(() => books.Target.Post(postings, CancellationToken.None));
        Assert.Contains("line 3: this is no posting of Recon", fault.Message);
        Assert.Equal(FaultKind.InputWrong, fault.Kind);
    }

    [Fact]
    public void Without_a_target_a_posting_stays_in_the_outbox()
    {
        using var store = Temp.Open();
        store.Record(Submissions.Run(2, posts: [Posting("a")]));
        var outcome = new Deliverer(store, (_, _) => null).Deliver(Submissions.Pack, () => Submissions.At, "night", CancellationToken.None);
        Assert.Empty(outcome.Acknowledged);
        Assert.Equal("queued", Assert.Single(store.Postings(packId: null)).Word);
        Assert.Empty(store.EventsOf(Posting("a").Key));
    }

    static Posting Posting(string name) => Submissions.Post(name, "1.00", PostingState.Queued);

    static DeliveryOutcome Deliver(IOutbox outbox, IPostingTarget target, string pack = Submissions.Pack) =>
        new Deliverer(outbox, (_, _) => target).Deliver(pack, () => Submissions.At, "night", CancellationToken.None);

    sealed class TemporaryBooks : IDisposable
    {
        readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("recon-books");

        public string Path => System.IO.Path.Combine(_folder.FullName, "out", "ledger.jsonl");

        public FileTarget Target => new(Path, "ledger.jsonl", _ => { });

        public List<string> Keys() => [.. File.ReadAllLines(Path).Select(line => JsonDocument.Parse(line).RootElement.GetProperty("key").GetString()!)];

        public void Dispose() => _folder.Delete(recursive: true);
    }

    /// <summary>Takes everything but one key.</summary>
    sealed class Refusing(string refused) : IPostingTarget
    {
        public string Refused { get; set; } = refused;

        public List<string> Taken { get; } = [];

        public string Name => "books";

        public IReadOnlyList<TargetAnswer> Post(IReadOnlyList<OutboxPosting> postings, CancellationToken cancellation)
        {
            Taken.AddRange(postings.Select(posting => posting.Key).Where(key => key != Refused));
            return
            [
                .. postings.Select(posting => posting.Key == Refused
                    ? new TargetAnswer(DeliveryState.Failed, $"account {posting.Debit} is closed")
                    : new TargetAnswer(DeliveryState.Acknowledged, "taken")),
            ];
        }
    }

    /// <summary>Breaks off at the n-th step, before it has an effect or after it.</summary>
    sealed class BreakingOff(IOutbox outbox, IPostingTarget target, int n) : IOutbox, IPostingTarget
    {
        int _step;

        public bool HasBroken { get; private set; }

        /// <summary>How many postings stand acknowledged though the delivery broke off.</summary>
        public int Done { get; private set; }

        public string Name => target.Name;

        public IReadOnlyList<OutboxPosting> Undelivered(string packId) => outbox.Undelivered(packId);

        public IReadOnlyList<OutboxPosting> Postings(string? packId) => outbox.Postings(packId);

        public IReadOnlyList<PostingEvent> EventsOf(string key) => outbox.EventsOf(key);

        public void Write(IReadOnlyList<DeliveryStep> steps, DateTimeOffset at, string by)
        {
            Break();
            outbox.Write(steps, at, by);
            Done = steps.Count(step => step.State == DeliveryState.Acknowledged);
            Break();
        }

        public IReadOnlyList<TargetAnswer> Post(IReadOnlyList<OutboxPosting> postings, CancellationToken cancellation)
        {
            Break();
            var answers = target.Post(postings, cancellation);
            Break();
            return answers;
        }

        void Break()
        {
            if (++_step == n)
            {
                HasBroken = true;
                throw new IOException("broken off");
            }
        }
    }
}

public sealed class SqliteDeliveryTests() : DeliveryTests(new SqliteTempStore());

public sealed class PostgreSqlDeliveryTests() : DeliveryTests(new PostgreSqlTempStore());

public sealed class SqlServerDeliveryTests() : DeliveryTests(new SqlServerTempStore());
