// The law of what comes back: each posting is known once, what says otherwise is disputed, and what is not there by its day is missing.
using System.Text;
using CsCheck;
using Recon.Model;
using Recon.Model.Rules;
using Recon.Packs;
using Recon.Runs;
using Recon.Runs.Ports;
using Recon.Runs.Results;
using Recon.Runs.Testing;
using Recon.Tests.Judging;
using Recon.Tests.Laws;
using Recon.Tests.Store;
using Xunit;

namespace Recon.Tests.Runs.Returning;

public sealed class OwnPostingLaws
{
    const string PackYaml = """
        recon: 1
        pack: { id: laws.own-postings, version: 1.0.0 }
        sources:
          ledger:
            role: books
            read: { csv: "ledger.csv" }
            id: id
            posting_key: key
            fields: { id: text, ref_: optional text, amount: { type: money, currency: EUR }, key: optional text }
          provider:
            role: external
            read: { csv: "provider.csv" }
            id: id
            fields: { id: text, ref_: text, amount: { type: money, currency: EUR } }
        passes:
          - { id: near, join: ledger 1:1 provider, key: ref_, within: { amount ~ amount: 0.05 EUR } }
        classify:
          - { id: rounding, status: settled, on: { match: near } }
          - { id: unbooked, status: suspicious, on: { open: provider } }
          - { id: unexplained, status: suspicious, otherwise: true }
        resolve:
          - for: rounding
            tier: auto
            post: { to: ledger, debit: "1200", credit: "7990", amount: provider.amount - ledger.amount }
            once: [pack.id, ledger.id, provider.id]
          - for: unbooked
            tier: auto-flag
            post: { to: ledger, debit: "1200", credit: "8400", amount: provider.amount }
            once: [pack.id, provider.id]
          - { for: unexplained, tier: manual }
        """;

    static readonly Pack Pack = PackLoader.Load(
        new PackText("laws.yaml", Encoding.UTF8.GetBytes(PackYaml.ReplaceLineEndings("\n"))), null, PackOptions.Default).Pack!;

    // Friday; without a calendar a posting may take five days.
    static readonly DateOnly First = new(2026, 2, 27);

    /// <summary>What becomes of each posting in the books.</summary>
    enum Fate
    {
        Nothing,
        Right,
        OtherAmount,
        Twice,
        AgainLater,
        WrongAndRight,
        ForeignKey,
    }

    static readonly Gen<(bool IsOpen, Fate Fate)[]> Histories =
        Gen.Select(Gen.Bool, Gen.Int[0, 6].Select(fate => (Fate)fate)).Array[0, 7];

    [Fact]
    public void Each_posting_is_known_once_altered_or_missing() => Histories.Holds(
        history =>
        {
            using var store = new MemoryRunStore();
            using var other = new MemoryRunStore();
            Assert.Equal(Live(history, store, RowOrder.AsWritten), Live(history, other, RowOrder.Reversed));
        },
        oneIn: 40);

    [Fact]
    public void A_store_on_disk_knows_them_as_one_in_memory_does() => Histories.Holds(
        history =>
        {
            using var memory = new MemoryRunStore();
            using var folder = new SqliteTempStore();
            using var store = folder.Open();
            Assert.Equal(Live(history, memory, RowOrder.AsWritten), Live(history, store, RowOrder.AsWritten));
            Assert.Null(store.Verify());
        },
        oneIn: 400);

    static List<string> Live((bool IsOpen, Fate Fate)[] history, IRunStore store, RowOrder order)
    {
        var first = Run(store, order, 0, [.. history.Index().Where(each => !each.Item.IsOpen).Select(each => Ledger($"L{each.Index}", $"R{each.Index}", 1000))],
            [.. history.Index().Select(each => Provider(each.Index))]);
        var keys = history.Select((_, i) => first.Posts.Single(post => post.Records.Any(record => record.Id == $"P{i}")).Key).ToList();
        var second = Run(store, order, 3, [.. history.Index().SelectMany(each => Back(each.Index, each.Item, keys[each.Index]))], []);
        var later = history.Index().Where(each => each.Item.Fate == Fate.AgainLater);
        var third = Run(store, order, 4, [.. later.Select(each => Row($"C{each.Index}", null, Amount(each.Item), keys[each.Index]))], []);
        var fourth = Run(store, order, 6, [], []);
        foreach (var (i, (isOpen, fate)) in history.Index())
        {
            Assert.Equal(AlteredOn(second, i), Expected(i, fate));
            Assert.Equal(AlteredOn(third, i), fate == Fate.AgainLater ? [$"C{i}"] : []);
            Assert.Equal(fate is Fate.Nothing or Fate.ForeignKey, fourth.Breaks.Any(item => item.Records[0] == new RecordId("own-postings", keys[i])));
            Assert.Equal(isOpen && StaysOpen(fate), fourth.Breaks.Any(item => item.Records[0].Id == $"P{i}"));
        }

        Assert.DoesNotContain(third.Breaks, item => item.Class == BuiltInClasses.PostingMissing);
        return [.. new[] { first, second, third, fourth }.Select(BytesOf)];
    }

    // A record that was booked is open until its posting is in the books as it was made.
    static bool StaysOpen(Fate fate) => fate is Fate.Nothing or Fate.OtherAmount or Fate.ForeignKey;

    static string[] Expected(int i, Fate fate) => fate switch
    {
        Fate.OtherAmount or Fate.WrongAndRight => [$"A{i}"],
        Fate.Twice => [$"B{i}"],
        _ => [],
    };

    static string[] AlteredOn(RunRecord record, int i) =>
    [
        .. record.Breaks.Where(item => item.Class == BuiltInClasses.PostingAltered).Select(item => item.Records[0].Id)
            .Where(id => id[1..] == FormattableString.Invariant($"{i}")).Order(StringComparer.Ordinal),
    ];

    static IEnumerable<GivenRow> Back(int i, (bool IsOpen, Fate Fate) posting, string key)
    {
        if (posting.Fate != Fate.Nothing)
        {
            var wrong = posting.Fate is Fate.OtherAmount or Fate.WrongAndRight ? 7 : 0;
            yield return Row($"A{i}", null, Amount(posting) + wrong, posting.Fate == Fate.ForeignKey ? $"x{key}" : key);
        }

        if (posting.Fate is Fate.Twice or Fate.WrongAndRight)
        {
            yield return Row($"B{i}", null, Amount(posting), key);
        }
    }

    static int Amount((bool IsOpen, Fate Fate) posting) => posting.IsOpen ? 1002 : 2;

    static RunRecord Run(IRunStore store, RowOrder order, int day, GivenRow[] ledger, GivenRow[] provider)
    {
        var given = new Dictionary<string, IReadOnlyList<GivenRow>> { ["ledger"] = ledger, ["provider"] = provider };
        var test = new PackTest(
            "laws", null, null, false, given, new Expectation(null, null, null, null, null, false, null), new Place("laws", 1, 1, 1, ""));
        var request = new RunRequest(
            Pack, new WordRules(), First.AddDays(day), new Dictionary<string, BusinessCalendar>(), new Dictionary<string, bool>(), Threads: 1,
            QueuesPostings: true, DateTimeOffset.UnixEpoch, By: "laws");
        var record = new Runner(new GivenReader(test, order), store).Run(request, CancellationToken.None).Record;
        Assert.True(new Runner(new GivenReader(test, order), store).Run(request, CancellationToken.None).WasRecorded);
        Assert.All(record.Sources, source => Assert.Equal(source.New + source.Carried, source.Matched + source.Open));
        return record;
    }

    static string BytesOf(RunRecord record)
    {
        using var bytes = new MemoryStream();
        ResultDocument.WriteBelowRun(record, bytes);
        return Encoding.UTF8.GetString(bytes.ToArray());
    }

    static GivenRow Ledger(string id, string reference, int cents) => Row(id, reference, cents, null);

    static GivenRow Provider(int i) => new(
        [new("id", $"P{i}"), new("ref_", $"R{i}"), new("amount", $"{RunLawsTests.Cents(1002)} EUR")], new Place("laws", 1, 1, 1, ""));

    static GivenRow Row(string id, string? reference, int cents, string? key) => new(
        [new("id", id), new("ref_", reference ?? ""), new("amount", $"{RunLawsTests.Cents(cents)} EUR"), new("key", key ?? "")],
        new Place("laws", 1, 1, 1, ""));
}
