// The laws of records matched in part, over three days: what is left is carried, and every amount is accounted for.
using System.Text;
using CsCheck;
using Recon.Model;
using Recon.Model.Rules;
using Recon.Packs;
using Recon.Runs.Results;
using Recon.Runs.Testing;
using Recon.Tests.Laws;
using Xunit;

namespace Recon.Tests.Runs;

public sealed class PartLawsTests
{
    const string PackYaml = """
        recon: 1
        pack: { id: laws.parts, version: 1.0.0 }
        sources:
          ledger:
            role: books
            read: { csv: "ledger.csv" }
            id: id
            fields: { id: text, account: text, amount: { type: money, currency: { column: ccy } }, day: date }
          provider:
            role: external
            read: { csv: "provider.csv" }
            id: id
            fields: { id: text, account: text, amount: { type: money, currency: { column: ccy } }, day: date }
          bank:
            role: external
            read: { csv: "bank.csv" }
            id: id
            fields: { id: text, account: text, amount: { type: money, currency: { column: ccy } }, day: date }
        trust: { amount: [provider.amount, ledger.amount] }
        passes:
          - { id: applied, join: ledger 1:1 provider, key: account, within: { amount ~ amount: 0 }, tie: { oldest: day }, partial: { max: 3 } }
          - { id: paid, join: provider 1:1 bank, key: account, within: { amount ~ amount: 0, day ~ day: 6d }, tie: { oldest: day }, partial: true }
          - { id: whole, join: ledger 1:1 provider, key: account, within: { amount ~ amount: 0 }, tie: { oldest: day } }
        classify:
          - { id: small, status: expected, on: { open: ledger, toward: provider } }
          - { id: unexplained, status: suspicious, otherwise: true }
        resolve:
          - { for: small, tier: auto, limit: { each: 0.10 EUR }, once: [pack.id, ledger.id],
              post: { to: ledger, debit: "1200", credit: "7990", amount: ledger.amount } }
          - { for: unexplained, tier: manual }
        """;

    static readonly DateOnly[] Days = [new(2026, 2, 27), new(2026, 2, 28), new(2026, 3, 1)];

    static readonly string[] Names = ["ledger", "provider", "bank"];

    static readonly Pack Pack = Load(yaml => yaml);

    static readonly Gen<int[]> Row = Gen.Int[0, 99].Array[4];

    /// <summary>[day][source]: what is read.</summary>
    static readonly Gen<List<GivenRow>[][]> Books = Row.List[0, 6].Array[3].Array[3].Select(days =>
        days.Select((sources, day) => sources.Select((rows, source) =>
            rows.Select((dice, i) => RowOf($"{"LPB"[source]}{day}{i}", dice)).ToList()).ToArray()).ToArray());

    [Fact]
    public void What_is_matched_of_either_side_and_what_is_open_is_what_was_read_day_after_day() => Books.Holds(
        days =>
        {
            using var store = new MemoryRunStore();
            var ledger = new PartLedger();
            for (var day = 0; day < days.Length; day++)
            {
                var record = RunLawsTests.Run(days[day], RowOrder.AsWritten, store, date: Days[day], pack: Pack);
                ledger.Add(days[day], record);
                ledger.Check(record);
                ledger.CheckExposure(record);
            }
        },
        oneIn: 5, print: Shown);

    [Fact]
    public void Neither_the_order_of_rows_nor_threads_change_what_is_left() => Books.Holds(
        days =>
        {
            using var one = new MemoryRunStore();
            using var other = new MemoryRunStore();
            for (var day = 0; day < days.Length; day++)
            {
                var asWritten = RunLawsTests.Run(days[day], RowOrder.AsWritten, one, date: Days[day], pack: Pack);
                var reversed = RunLawsTests.Run(days[day], RowOrder.Reversed, other, threads: 4, date: Days[day], pack: Pack);
                Assert.Equal(RunLawsTests.Bytes(asWritten), RunLawsTests.Bytes(reversed));
                Assert.Equal(asWritten.Head.Id, reversed.Head.Id);
                Assert.Equal(asWritten.Head, RunLawsTests.Run(days[day], RowOrder.Strided, one, date: Days[day], pack: Pack).Head);
            }
        },
        oneIn: 10, print: Shown);

    [Fact]
    public void What_is_left_is_posted_once() => Books.Holds(
        days =>
        {
            using var store = new MemoryRunStore();
            var queued = new List<Posting>();
            for (var day = 0; day < days.Length; day++)
            {
                var record = RunLawsTests.Run(days[day], RowOrder.AsWritten, store, date: Days[day], pack: Pack);
                queued.AddRange(record.Posts.Where(post => post is { State: PostingState.Queued, FirstRun: null }));
            }

            Assert.Equal(queued.Count, queued.Select(post => post.Key).Distinct().Count());
        },
        oneIn: 10, print: Shown);

    [Fact]
    public void What_is_left_never_vanishes_whatever_changes_in_the_pack() => Books.Select(Gen.Int[0, ChangedPacks.Count - 1]).Holds(
        given =>
        {
            var (days, change) = given;
            using var store = new MemoryRunStore();
            List<GivenRow>[] nothing = [[], [], []];
            var first = RunLawsTests.Run(days[0], RowOrder.AsWritten, store, date: Days[0], pack: Pack);
            var second = RunLawsTests.Run(nothing, RowOrder.AsWritten, store, date: Days[1], pack: ChangedPacks[change]);
            var third = RunLawsTests.Run(nothing, RowOrder.AsWritten, store, date: Days[2], pack: Pack);
            var open = OpenItems.Of(first).Select(item => item.Record).Distinct().ToList();
            Assert.Empty(open.Except(OpenItems.Of(second).Select(item => item.Record).Concat(Taken(second))));
            Assert.Empty(open.Except(OpenItems.Of(third).Select(item => item.Record).Concat(Taken(second)).Concat(Taken(third))));
            foreach (var source in second.Sources)
            {
                Assert.Equal(source.New + source.Carried, source.Matched + source.Open);
                Assert.All(source.Legs, leg => Assert.Equal(source.New + source.Carried, leg.Matched + leg.Open));
            }

            if (second.Matches.Legs.All(leg => leg.Count == 0))
            {
                Assert.Empty(Values(first).Except(Values(second)));
            }
        },
        oneIn: 5, print: given => $"change {given.Item2}\n{Shown(given.Item1)}");

    [Fact]
    public void A_row_without_an_id_of_its_own_that_comes_again_is_known_and_what_is_left_of_it_goes_on()
    {
        var at = PackYaml.LastIndexOf("id: id", StringComparison.Ordinal);
        var pack = Load(yaml => yaml.Remove(at, 6).Insert(at, "id: auto").Replace("id: auto\n    fields: { id: text, ", "id: auto\n    fields: { "));
        using var store = new MemoryRunStore();
        GivenRow paid = new([new("account", "A"), new("amount", "100.00 EUR"), new("day", "2026-02-21")], new Place("laws", 1, 1, 1, ""));
        var first = RunLawsTests.Run([[], [RowOf("P00", [1, 1, 6, 100])], [paid, paid]], RowOrder.AsWritten, store, date: Days[0], pack: pack);
        var left = OpenItems.Of(first).Single(item => item.Record is { Source: "bank" } record && record.Id.Contains('/')).Record;
        var second = RunLawsTests.Run(
            [[], [RowOf("P10", [1, 1, 7, 100])], [paid, paid, paid]], RowOrder.AsWritten, store, date: Days[1], pack: pack);
        Assert.Equal((2, 1, 2), (second.Sources[2].Known, second.Sources[2].New, second.Sources[2].Carried));
        Assert.Contains(left, Taken(second));
    }

    /// <summary>The pack as it may be on the next day.</summary>
    static readonly IReadOnlyList<Pack> ChangedPacks =
    [
        Pack,
        SwappedSources.Of(Pack),
        Load(yaml => yaml.Replace(", partial: { max: 3 }", "").Replace(", partial: true", "")),
        Load(yaml => yaml.Replace("provider", "psp")),
        Load(yaml => yaml.Replace("account: text", "account: text, cost_center: text")),
        Load(yaml => yaml.Replace("join: provider 1:1 bank", "join: ledger 1:1 bank")),
        Load(yaml => yaml.Replace("amount: { type", "value: { type").Replace("amount ~ amount", "value ~ value").Replace(".amount", ".value")
            .Replace("trust: { amount", "trust: { value")),
        Load(yaml => yaml.Replace("key: account", "key: [account, day]")),
    ];

    static List<string> Values(RunRecord record) =>
    [
        .. record.Breaks.Where(item => item.Kind == BreakKind.Open)
            .Select(item => $"{item.Records[0]} {string.Join('~', item.Leg.Order(StringComparer.Ordinal))} {string.Join(' ', item.Value)}")
            .Order(StringComparer.Ordinal),
    ];

    static IEnumerable<RecordId> Taken(RunRecord record) =>
        record.Matches.Legs.SelectMany(leg => Enumerable.Range(0, leg.Count).SelectMany(leg.RecordsOf));

    static string Shown(List<GivenRow>[][] days) => string.Join('\n', days.SelectMany((sources, day) => sources.SelectMany((rows, source) =>
        rows.Select(row => $"day {day} {Names[source]}: {string.Join(", ", row.Cells.Select(cell => cell.Value))}"))));

    // Some rows bear an id that what is left of another may have.
    static GivenRow RowOf(string id, int[] dice) => new(
        [
            new("id", dice[0] % 9 == 0 ? $"{id[0]}0{id[2]}/{id[1]}" : id),
            new("account", dice[1] % 3 == 0 ? "B" : "A"),
            new("amount", $"{(dice[2] % 5 == 0 ? "-" : "")}{RunLawsTests.Cents(1 + (dice[2] * dice[3] / 10))} {(dice[2] % 11 == 0 ? "USD" : "EUR")}"),
            new("day", $"2026-02-{20 + (dice[3] % 8)}"),
        ],
        new Place("laws", 1, 1, 1, ""));

    static Pack Load(Func<string, string> change)
    {
        var yaml = change(PackYaml.ReplaceLineEndings("\n"));
        var load = PackLoader.Load(new PackText("laws.yaml", Encoding.UTF8.GetBytes(yaml)), null, PackOptions.Default);
        return load.Pack ?? throw new InvalidOperationException(string.Join("\n", load.Diagnostics));
    }
}
