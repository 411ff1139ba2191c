// The laws of a whole run, on random small books of three sources, through loader, chain and store.
using System.Globalization;
using System.Text;
using CsCheck;
using Recon.Model;
using Recon.Model.Rules;
using Recon.Packs;
using Recon.Runs;
using Recon.Runs.Ports;
using Recon.Runs.Results;
using Recon.Runs.Testing;
using Recon.Tests.Laws;
using Xunit;

namespace Recon.Tests.Runs;

public sealed class RunLawsTests
{
    const string PackYaml = """
        recon: 1
        pack: { id: laws.three-way, version: 1.0.0 }
        sources:
          ledger:
            role: books
            read: { csv: "ledger.csv" }
            id: id
            fields: { id: text, order_ref: optional text, amount: { type: money, currency: { column: ccy } }, day: date }
          provider:
            role: external
            read: { csv: "provider.csv" }
            id: id
            fields: { id: text, order_ref: optional text, payout: optional text, amount: { type: money, currency: { column: ccy } }, day: date }
          bank:
            role: external
            read: { csv: "bank.csv" }
            id: auto
            fields: { payout: optional text, amount: { type: money, currency: { column: ccy } }, day: date }
        trust: { amount: [provider.amount, ledger.amount] }
        passes:
          - { id: twice, dedupe: provider, key: order_ref, within: { day: 1d } }
          - { id: exact, join: ledger 1:1 provider, key: [order_ref, amount], tie: { oldest: day } }
          - { id: near, join: ledger 1:1 provider, key: order_ref, within: { amount ~ amount: 0.05 EUR, day ~ day: 2d }, tie: ask }
          - { id: payout, join: provider n:1 bank, key: payout, within: { sum(amount) ~ amount: 0 } }
        classify:
          - { id: rounding, status: settled, on: { match: near } }
          - { id: transit, status: expected, on: { open: provider, toward: bank }, until: { business_days: 3, calendar: TARGET2, from: day, then: unclear } }
          - { id: unclear, status: suspicious, otherwise: true }
        resolve:
          - { for: rounding, tier: auto, limit: { each: 0.03 EUR }, once: [pack.id, ledger.id, provider.id],
              post: { to: ledger, debit: "1200", credit: "7990", amount: provider.amount - ledger.amount } }
          - { for: unclear, tier: manual }
        """;

    internal static readonly Pack Pack = Load();

    internal static readonly Place Anywhere = new("laws", 1, 1, 1, "");

    static readonly Gen<GivenRow> Row = Gen.Select(
        Gen.Int[0, 40], Gen.Int[0, 5], Gen.Int[0, 3], Gen.Int[-3, 12], Gen.Int[0, 9], Gen.Int[0, 9],
        (id, reference, payout, cents, day, currency) => new GivenRow(
            [
                new("id", $"R{id:D2}"),
                new("order_ref", reference == 0 ? "" : $"O{reference}"),
                new("payout", payout == 0 ? "" : $"P{payout}"),
                new("amount", $"{Cents(1000 + cents)} {(currency == 9 ? "USD" : "EUR")}"),
                new("day", day == 9 ? "2026-02-31" : $"2026-02-{20 + day}"),
            ],
            new Place("laws", 1, 1, 1, "")));

    internal static readonly Gen<List<GivenRow>[]> Books = Gen.Select(Row.List[0, 12], Row.List[0, 12], Row.List[0, 5])
        .Select((ledger, provider, bank) => new[] { ledger, provider, bank });

    [Fact]
    public void Every_row_is_accounted_for_and_every_amount_is_conserved_laws_1_4_and_5() => Books.Holds(books =>
    {
        var record = Run(books, RowOrder.AsWritten);
        foreach (var (source, rows) in record.Sources.Zip(books))
        {
            Assert.Equal(rows.Count, source.Read);
            Assert.Equal(source.Read, source.Rejected + source.Excluded + source.Known + source.New);
            Assert.Equal(source.New + source.Carried, source.Matched + source.Open);
            foreach (var leg in source.Legs)
            {
                Assert.Equal(source.New + source.Carried, leg.Matched + leg.Open);
                Assert.All(leg.Amounts, amount => Assert.Equal(amount.Scope, amount.Matched + amount.Open));
            }
        }

        foreach (var leg in record.Matches.Legs)
        {
            var members = Enumerable.Range(0, leg.Count).SelectMany(leg.RecordsOf).ToList();
            Assert.Equal(members.Count, members.Distinct().Count());
            var open = OpenItems.Of(record).Where(item => item.Break.Leg.SequenceEqual(leg.Sources)).Select(item => item.Record).ToList();
            Assert.Empty(members.Intersect(open));
        }
    }, oneIn: 5);

    [Fact]
    public void The_order_of_rows_and_the_number_of_threads_change_nothing_law_2() => Books.Holds(books =>
    {
        var bytes = Bytes(Run(books, RowOrder.AsWritten));
        Assert.Equal(bytes, Bytes(Run(books, RowOrder.Reversed)));
        Assert.Equal(bytes, Bytes(Run(books, RowOrder.Strided, threads: 4)));
    }, oneIn: 10);

    [Fact]
    public void The_order_in_which_sources_are_declared_changes_nothing_law_3() => Books.Holds(books =>
    {
        var asWritten = Run(books, RowOrder.AsWritten);
        var swapped = Run(books, RowOrder.AsWritten, pack: SwappedSources.Of(Pack));
        Assert.Null(Outcomes.Difference("as written", asWritten, "swapped", swapped));
    }, oneIn: 5);

    [Fact]
    public void Running_twice_returns_the_record_and_the_next_day_posts_nothing_again_law_7() => Books.Holds(books =>
    {
        using var store = new MemoryRunStore();
        var first = Run(books, RowOrder.AsWritten, store: store);
        var again = Run(books, RowOrder.Reversed, store: store);
        Assert.Equal(Bytes(first), Bytes(again));
        var next = Run(books, RowOrder.AsWritten, store: store, date: new DateOnly(2026, 2, 28));
        Assert.All(next.Sources, source => Assert.Equal(0, source.New));
        var posted = first.Posts.Select(post => post.Key).ToHashSet();
        Assert.All(next.Posts.Where(post => posted.Contains(post.Key)), post => Assert.NotNull(post.FirstRun));
        Assert.All(next.Posts.Where(post => post.FirstRun is null), post => Assert.DoesNotContain(post.Key, posted));
    }, oneIn: 10);

    [Fact]
    public void A_posting_that_a_new_revision_no_longer_wants_is_proposed_for_reversal_once()
    {
        using var folder = new Recon.Tests.Store.SqliteTempStore();
        using var store = folder.Open();
        List<GivenRow>[] books = [[RowOf("L1", 1000)], [RowOf("P1", 1002)], []];
        List<GivenRow>[] less = [books[0], [], []];
        var first = Run(books, RowOrder.AsWritten, store);
        var wanted = Assert.Single(first.Posts);
        Assert.Equal(PostingState.Queued, wanted.State);

        var second = Run(less, RowOrder.AsWritten, store);
        var reversal = Assert.Single(second.Posts);
        Assert.Equal(2, second.Head.Revision);
        Assert.Equal(
            (wanted.Credit, wanted.Debit, wanted.Amount, wanted.Break, Tier.Manual, PostingState.Proposed, null),
            (reversal.Debit, reversal.Credit, reversal.Amount, reversal.Break, reversal.Tier, reversal.State, reversal.FirstRun));
        Assert.Equal(
            $"reverses posting {wanted.Key[..8]} of run {first.Head.Id}, which this revision no longer wants", reversal.Reason);
        Assert.Equal(second.Head, Run(less, RowOrder.Reversed, store).Head);

        var third = Run([[RowOf("L2", 1000)], [], []], RowOrder.AsWritten, store);
        Assert.Equal((reversal.Key, second.Head.Id), (third.Posts.Single().Key, third.Posts.Single().FirstRun));
        Assert.Null(store.Verify());
    }

    [Fact]
    public void A_reversal_is_withdrawn_when_a_later_revision_wants_the_posting_again_and_proposed_anew_when_it_does_not()
    {
        using var folder = new Recon.Tests.Store.SqliteTempStore();
        using var store = folder.Open();
        using var memory = new MemoryRunStore();
        foreach (var kept in new IRunStore[] { store, memory })
        {
            var wanted = Run([[RowOf("L1", 1000)], [RowOf("P1", 1002)], []], RowOrder.AsWritten, kept).Posts.Single();
            var second = Run([[RowOf("L1", 1000)], [], []], RowOrder.AsWritten, kept);
            Assert.Equal(PostingState.Proposed, second.Posts.Single().State);

            var third = Run([[RowOf("L1", 1000)], [RowOf("P1", 1002)], [RowOf("B1", 1)]], RowOrder.AsWritten, kept);
            Assert.Equal((wanted.Key, PostingState.Queued), (third.Posts[0].Key, third.Posts[0].State));
            var withdrawn = third.Posts[1];
            Assert.Equal((second.Posts.Single().Key, PostingState.Withdrawn), (withdrawn.Key, withdrawn.State));
            Assert.Equal($"run {second.Head.Id} proposed it, but this one wants posting {wanted.Key[..8]} again", withdrawn.Reason);
            Assert.Equal(PostingState.Withdrawn, kept.EarlierPostings([withdrawn.Key])[withdrawn.Key].State);

            var fourth = Run([[RowOf("L1", 1000)], [], [RowOf("B1", 2)]], RowOrder.AsWritten, kept);
            Assert.Equal((withdrawn.Key, PostingState.Proposed), (fourth.Posts.Single().Key, fourth.Posts.Single().State));
        }

        Assert.Null(store.Verify());
    }

    [Fact]
    public void A_reversal_follows_the_inputs_that_come_back()
    {
        using var folder = new Recon.Tests.Store.SqliteTempStore();
        using var store = folder.Open();
        using var memory = new MemoryRunStore();
        List<GivenRow>[] both = [[RowOf("L1", 1000)], [RowOf("P1", 1002)], []];
        List<GivenRow>[] less = [[RowOf("L1", 1000)], [], []];
        foreach (var kept in new IRunStore[] { store, memory })
        {
            var wanted = Run(both, RowOrder.AsWritten, kept).Posts.Single();
            var reversal = Run(less, RowOrder.AsWritten, kept).Posts.Single();
            foreach (var (books, state) in new[] { (both, PostingState.Withdrawn), (less, PostingState.Proposed), (both, PostingState.Withdrawn) })
            {
                for (var again = 0; again < 2; again++)
                {
                    Run(books, RowOrder.AsWritten, kept);
                    Assert.Equal(
                        [PostingState.Queued, state],
                        kept.EarlierPostings([wanted.Key, reversal.Key]).Values.OrderBy(posting => posting.Key == reversal.Key)
                            .Select(posting => posting.State));
                    Assert.Equal([PostingState.Queued, state], kept.PostingsFor(wanted.Break).Select(posting => posting.State));
                }
            }

            var third = Run([[RowOf("L2", 1000)], [], []], RowOrder.AsWritten, kept);
            Assert.Equal((reversal.Key, PostingState.Proposed), (third.Posts.Single().Key, third.Posts.Single().State));
        }

        Assert.Null(store.Verify());
        folder.Tamper("UPDATE reinstatement_mentions SET state = 'Proposed'");
        Assert.Equal("the reinstatements of runs are not those that were recorded", store.Verify());
    }

    [Fact]
    public void A_posting_that_waits_for_a_person_follows_the_inputs_of_its_date()
    {
        using var folder = new Recon.Tests.Store.SqliteTempStore();
        using var store = folder.Open();
        using var memory = new MemoryRunStore();
        List<GivenRow>[] both = [[RowOf("L1", 1000)], [RowOf("P1", 1004)], []];
        List<GivenRow>[] less = [[RowOf("L1", 1000)], [], []];
        foreach (var kept in new IRunStore[] { store, memory })
        {
            var first = Run(both, RowOrder.AsWritten, kept);
            var wanted = first.Posts.Single();
            Assert.Equal(PostingState.Escalated, wanted.State);
            var withdrawn = Run(less, RowOrder.AsWritten, kept).Posts.Single();
            Assert.Equal((wanted.Key, PostingState.Withdrawn, first.Head.Id), (withdrawn.Key, withdrawn.State, withdrawn.FirstRun));
            Assert.Equal($"run {first.Head.Id} left it to a person, but this revision no longer wants it", withdrawn.Reason);
            foreach (var (books, state) in new[] { (both, wanted.State), (less, PostingState.Withdrawn), (both, wanted.State) })
            {
                for (var again = 0; again < 2; again++)
                {
                    Run(books, RowOrder.AsWritten, kept);
                    Assert.Equal(state, kept.EarlierPostings([wanted.Key])[wanted.Key].State);
                }
            }

            var third = Run([[RowOf("L2", 1000)], [RowOf("P2", 1004)], []], RowOrder.AsWritten, kept);
            Assert.Equal([PostingState.Escalated, PostingState.Withdrawn], third.Posts.Select(posting => posting.State));
            Run(both, RowOrder.AsWritten, kept);
            Assert.Equal(
                [PostingState.Escalated, PostingState.Withdrawn],
                kept.EarlierPostings([wanted.Key, third.Posts[0].Key]).Values.OrderBy(posting => posting.Key == third.Posts[0].Key)
                    .Select(posting => posting.State));
            Assert.Empty(Run([[], [], []], RowOrder.AsWritten, kept, date: new DateOnly(2026, 2, 28)).Posts);
        }

        Assert.Null(store.Verify());
    }

    [Fact]
    public void A_posting_that_waits_on_another_date_is_not_withdrawn_until_that_date_is_run_again()
    {
        using var memory = new MemoryRunStore();
        var next = new DateOnly(2026, 2, 28);
        List<GivenRow>[] books = [[RowOf("L1", 1000)], [RowOf("P1", 1004)], []];
        var later = Run(books, RowOrder.AsWritten, memory, date: next);
        var earlier = Run(books, RowOrder.AsWritten, memory);
        Assert.Equal((later.Posts.Single().Key, later.Head.Id), (earlier.Posts.Single().Key, earlier.Posts.Single().FirstRun));
        Assert.Empty(Run([books[0], [], []], RowOrder.AsWritten, memory).Posts);
        var last = Run([[], [], []], RowOrder.AsWritten, memory, date: next);
        Assert.Equal((earlier.Posts.Single().Key, PostingState.Withdrawn), (last.Posts.Single().Key, last.Posts.Single().State));
    }

    [Fact]
    public void A_posting_that_moves_to_another_date_is_not_proposed_for_reversal()
    {
        using var folder = new Recon.Tests.Store.SqliteTempStore();
        using var store = folder.Open();
        using var memory = new MemoryRunStore();
        List<GivenRow>[] books = [[RowOf("L1", 1000)], [RowOf("P1", 1002)], []];
        foreach (var kept in new IRunStore[] { store, memory })
        {
            var later = Run(books, RowOrder.AsWritten, kept, date: new DateOnly(2026, 2, 27));
            var earlier = Run(books, RowOrder.AsWritten, kept, date: new DateOnly(2026, 2, 26));
            Assert.Equal((later.Posts.Single().Key, later.Head.Id), (earlier.Posts.Single().Key, earlier.Posts.Single().FirstRun));
            var again = Run(books, RowOrder.AsWritten, kept, date: new DateOnly(2026, 2, 27));
            Assert.Equal((2, 0), (again.Head.Revision, again.Posts.Count));

            // Now no date wants it.
            Run([[], [], []], RowOrder.AsWritten, kept, date: new DateOnly(2026, 2, 26));
            var last = Run([books[0], [], []], RowOrder.AsWritten, kept, date: new DateOnly(2026, 2, 27));
            Assert.Equal(PostingState.Proposed, last.Posts.Single().State);
        }
    }

    [Fact]
    public void Inputs_that_come_back_bring_their_result_back()
    {
        using var folder = new Recon.Tests.Store.SqliteTempStore();
        using var store = folder.Open();
        using var memory = new MemoryRunStore();
        List<GivenRow>[] books = [[RowOf("L1", 1000)], [RowOf("P1", 1002)], []];
        var next = new DateOnly(2026, 2, 28);
        foreach (var kept in new IRunStore[] { store, memory })
        {
            var first = Run(books, RowOrder.AsWritten, kept);
            Run([[RowOf("L1", 1000)], [], []], RowOrder.AsWritten, kept);
            var later = Run([[], [], []], RowOrder.AsWritten, kept, date: next);
            Assert.Single(later.Breaks);
            Assert.Empty(kept.StaleAfter(Pack.Id, DateOnly.MinValue));

            Assert.Equal(first.Head, Run(books, RowOrder.Reversed, kept).Head);
            Assert.Equal([next], kept.StaleAfter(Pack.Id, DateOnly.MinValue));
            Assert.Equal(first.Head.Id, kept.Opening(Pack.Id, next).RunId);
            Assert.Equal(first.Head, Run(books, RowOrder.AsWritten, kept).Head);
            Assert.Equal(2, kept.Revisions(Pack.Id, first.Head.BusinessDate));
            Assert.DoesNotContain(
                Run([[], [], []], RowOrder.AsWritten, kept, date: next).Breaks, left => left.Records.Any(record => record.Source == "ledger"));
            Assert.Single(kept.Runs(Pack.Id, 10), run => run.IsSuperseded && run.BusinessDate == first.Head.BusinessDate);
        }

        Assert.Null(store.Verify());
        folder.Tamper("DELETE FROM reinstatement_mentions");
        folder.Tamper("DELETE FROM reinstatements");
        Assert.Equal("the reinstatements of runs are not those that were recorded", store.Verify());
    }

    [Fact]
    public void An_open_item_never_vanishes_whatever_changes_in_the_pack() => Books.Select(Gen.Int[0, ChangedPacks.Count - 1]).Holds(given =>
    {
        var (books, change) = given;
        using var store = new MemoryRunStore();
        var first = Run(books, RowOrder.AsWritten, store);
        List<GivenRow>[] nothing = [[], [], []];
        var second = Run(nothing, RowOrder.AsWritten, store, date: new DateOnly(2026, 2, 28), pack: ChangedPacks[change]);
        var third = Run(nothing, RowOrder.AsWritten, store, date: new DateOnly(2026, 3, 1));
        var open = OpenItems.Of(first).Select(item => item.Record).Distinct().Order().ToList();
        var taken = change == OtherIds ? Taken(second).SelectMany(record => RecordsWithReference(books, record)) : Taken(second);
        Assert.Empty(open.Except(OpenItems.Of(third).Select(item => item.Record).Concat(taken).Concat(Taken(third))));
        if (change != OtherIds)
        {
            Assert.Empty(open.Except(OpenItems.Of(second).Select(item => item.Record).Concat(Taken(second))));
            Assert.All(second.Closed, closed => Assert.Matches("matched by|another break", closed.How));
        }

        foreach (var source in second.Sources)
        {
            Assert.Equal(source.New + source.Carried, source.Matched + source.Open);
            Assert.All(source.Legs, leg => Assert.Equal(source.New + source.Carried, leg.Matched + leg.Open));
        }

        Assert.Equal(second.Breaks.Count, second.Breaks.Select(item => item.Id).Distinct().Count());
    }, oneIn: 5, print: given => $"change {given.Item2}\n{Shown(given.Item1)}");

    [Fact]
    public void A_record_that_a_later_revision_does_not_deliver_is_withdrawn_and_no_other() => Books.Select(Books).Holds(given =>
    {
        var (books, later) = given;
        using var store = new MemoryRunStore();
        var first = Run(books, RowOrder.AsWritten, store);
        var second = Run(later, RowOrder.Reversed, store);
        var third = Run(later, RowOrder.AsWritten, store);
        Assert.Equal(Bytes(second), Bytes(third));
        if (second.Head == first.Head)
        {
            return;
        }

        // The bank has no ids of its own: what is not there any more is tried on the others.
        var records = OpenItems.Of(first).Select(item => item.Record).Concat(Taken(first)).Where(record => record.Source != "bank");
        var gone = records.Where(record => !later[record.Source == "ledger" ? 0 : 1].Any(row => Cell(row, "id") == record.Id));
        var withdrawn = second.Breaks.Where(item => item.Kind == BreakKind.Withdrawn).SelectMany(item => item.Records);
        Assert.Equal(gone.Distinct().Order(), withdrawn.Where(record => record.Source != "bank").Order());
        Assert.Equal(second.Breaks.Count, second.Breaks.Select(item => item.Id).Distinct().Count());
        foreach (var source in second.Sources)
        {
            Assert.Equal(source.New + source.Carried, source.Matched + source.Open);
        }
    }, oneIn: 5, print: given => $"{Shown(given.Item1)}\nthen\n{Shown(given.Item2)}");

    static string Cell(GivenRow row, string name) => row.Cells.Single(cell => cell.Key == name).Value!;

    static IEnumerable<RecordId> Taken(RunRecord record) => record.Matches.Legs
        .SelectMany(leg => Enumerable.Range(0, leg.Count).SelectMany(leg.RecordsOf))
        .Concat(record.Duplicates.Select(duplicate => duplicate.Record));

    // Where the order reference is the id, a record that was taken may be any of those with that reference.
    static IEnumerable<RecordId> RecordsWithReference(List<GivenRow>[] books, RecordId taken) =>
        books[taken.Source switch { "ledger" => 0, "provider" => 1, _ => 2 }]
            .Where(row => row.Cells.Any(cell => cell.Key == "order_ref" && cell.Value == taken.Id))
            .Select(row => taken with { Id = row.Cells.Single(cell => cell.Key == "id").Value })
            .Append(taken);

    const int OtherIds = 5;

    /// <summary>The pack as it may be on the next day.</summary>
    static readonly IReadOnlyList<Pack> ChangedPacks =
    [
        Load(),
        SwappedSources.Of(Load()),
        Load(yaml => yaml.Replace("provider", "psp", StringComparison.Ordinal)),
        Load(yaml => yaml.Replace("order_ref: optional text", "order_ref: text", StringComparison.Ordinal)),
        Load(WithoutBank),
        Load(yaml => yaml.Replace("id: id\n", "id: order_ref\n", StringComparison.Ordinal)
            .Replace("order_ref: optional text", "order_ref: text", StringComparison.Ordinal)),
        Load(yaml => yaml.Replace(
            "  - { id: exact, ", "  - { id: direct, join: ledger 1:1 bank, key: [amount, day] }\n  - { id: exact, ", StringComparison.Ordinal)),
    ];

    static string WithoutBank(string yaml)
    {
        var source = yaml.IndexOf("  bank:", StringComparison.Ordinal);
        var trust = yaml.IndexOf("trust:", StringComparison.Ordinal);
        var lines = yaml.Remove(source, trust - source).Split('\n');
        return string.Join('\n', lines.Where(line => !line.Contains("bank", StringComparison.Ordinal)));
    }

    static string Shown(List<GivenRow>[] books) => string.Join('\n', books.SelectMany((rows, source) =>
        rows.Select(row => $"{source}: {string.Join(", ", row.Cells.Select(cell => cell.Value))}")));

    static GivenRow RowOf(string id, int cents) => new(
        [new("id", id), new("order_ref", "O1"), new("payout", ""), new("amount", $"{Cents(cents)} EUR"), new("day", "2026-02-20")],
        new Place("laws", 1, 1, 1, ""));

    internal static RunRecord Run(
        List<GivenRow>[] books, RowOrder order, IRunStore? store = null, int threads = 1, DateOnly? date = null, Pack? pack = null,
        MemoryPlan? memory = null)
    {
        var given = new Dictionary<string, IReadOnlyList<GivenRow>>
        {
            ["ledger"] = books[0],
            ["provider"] = books[1],
            ["bank"] = books[2],
        };
        var test = new PackTest("laws", null, null, false, given, new Expectation(null, null, null, null, null, false, null), new Place("laws", 1, 1, 1, ""));
        var calendars = new Dictionary<string, BusinessCalendar> { ["TARGET2"] = BusinessCalendar.Target2 };
        var request = new RunRequest(
            pack ?? Pack, NoCompiledRules.Instance, date ?? new DateOnly(2026, 2, 27), calendars, new Dictionary<string, bool>(), threads,
            QueuesPostings: true, DateTimeOffset.UnixEpoch, By: "laws")
        {
            Memory = memory ?? MemoryPlan.Arrays,
        };
        using var own = new MemoryRunStore();
        return new Runner(new GivenReader(test, order), store ?? own).Run(request, CancellationToken.None).Record;
    }

    // Positions of rejects are the one thing that the order of rows may change.
    internal static string Bytes(RunRecord record)
    {
        using var bytes = new MemoryStream();
        ResultDocument.WriteBelowRun(
            record with { Rejects = [.. record.Rejects.Select(reject => reject with { File = null, Line = null })] }, bytes);
        return Encoding.UTF8.GetString(bytes.ToArray());
    }

    internal static string Cents(int cents) => string.Create(CultureInfo.InvariantCulture, $"{cents / 100}.{cents % 100:D2}");

    static Pack Load(Func<string, string>? change = null)
    {
        var yaml = change?.Invoke(PackYaml.ReplaceLineEndings("\n")) ?? PackYaml;
        var load = PackLoader.Load(new PackText("laws.yaml", Encoding.UTF8.GetBytes(yaml)), null, PackOptions.Default);
        return load.Pack ?? throw new InvalidOperationException(string.Join("\n", load.Diagnostics));
    }
}
