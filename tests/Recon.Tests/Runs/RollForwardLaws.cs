// The law of the roll-forward: over any days, what was at risk and what moved is what is at risk, as a ledger kept by hand says.
using System.Globalization;
using System.Text;
using CsCheck;
using Recon.Model;
using Recon.Model.Rules;
using Recon.Packs;
using Recon.Runs;
using Recon.Runs.Acting;
using Recon.Runs.Ports;
using Recon.Runs.Results;
using Recon.Runs.Testing;
using Recon.Tests.Judging;
using Recon.Tests.Laws;
using Recon.Tests.Store;
using Xunit;

namespace Recon.Tests.Runs;

public sealed class RollForwardLaws
{
    const string PackYaml = """
        recon: 1
        pack: { id: laws.roll-forward, version: 1.0.0 }
        sources:
          ledger:
            role: books
            read: { csv: "ledger.csv" }
            id: id
            fields: { id: text, ref_: text, amount: { type: money, currency: { column: ccy } }, state: text, day: date }
            where: ledger.state is live
          provider:
            role: external
            read: { csv: "provider.csv" }
            id: id
            fields: { id: text, ref_: text, amount: { type: money, currency: { column: ccy } }, state: text, day: date }
            where: provider.state is live
        passes:
          - { id: exact, join: ledger 1:1 provider, key: [ref_, amount] }
          - { id: near, join: ledger 1:1 provider, key: ref_, within: { amount ~ amount: 0.05 EUR } }
        classify:
          - { id: differs, status: disputed, on: { match: near } }
          - { id: waiting, status: expected, on: { open: ledger }, until: { days: 2, then: lost } }
          - { id: lost, status: loss, on: { open: ledger } }
          - { id: unexplained, status: suspicious, otherwise: true }
        resolve:
          - { for: differs, tier: manual }
          - { for: lost, tier: manual }
          - { for: unexplained, tier: manual }
        """;

    static readonly Pack Pack = PackLoader.Load(
        new PackText("laws.yaml", Encoding.UTF8.GetBytes(PackYaml.ReplaceLineEndings("\n"))), null, PackOptions.Default).Pack!;

    /// <summary>[day][event]: what happens, on which record, with which amount.</summary>
    static readonly Gen<int[][][]> Histories = Gen.Int[0, 99].Array[3].Array[0, 7].Array[2, 6];

    [Fact]
    public void What_was_at_risk_and_what_moved_is_what_is_at_risk() => Histories.Holds(
        history =>
        {
            using var store = new MemoryRunStore();
            Live(history, store);
        },
        oneIn: 40, print: Shown);

    [Fact]
    public void A_store_on_disk_rolls_forward_as_one_in_memory_does() => Histories.Holds(
        history =>
        {
            using var folder = new SqliteTempStore();
            using var store = folder.Open();
            Live(history, store);
            Assert.Null(store.Verify());
        },
        oneIn: 400, print: Shown);

    static void Live(int[][][] history, IRunStore store)
    {
        var ledger = new RollForwardLedger();
        var story = new RollForwardStory();
        for (var day = 0; day < history.Length; day++)
        {
            var (first, last) = story.Day(history[day], ledger);
            var date = new DateOnly(2026, 2, 20).AddDays(day);
            if (!first.SequenceEqual(last))
            {
                Assert.Equal(ledger.Day(first).Lines, RollForwardLedger.LinesOf(Run(first, store, date)));
            }

            var (after, lines) = ledger.Day(last);
            var record = Run(last, store, date);
            Assert.Equal(lines, RollForwardLedger.LinesOf(record));
            ledger = after;
            Decide(history[day], ledger, record, new BreakDesk(store));
        }
    }

    // People resolve what is open, and open again what they resolved.
    static void Decide(int[][] events, RollForwardLedger ledger, RunRecord record, BreakDesk desk)
    {
        var actor = new Actor("anna", "because", DateTimeOffset.UnixEpoch, Key: null);
        foreach (var decision in events.Where(each => each[0] % 4 == 0 && ledger.Open.Count > 0))
        {
            var id = ledger.Open[decision[1] % ledger.Open.Count].Id;
            var item = record.Breaks.Single(found => found.Kind == BreakKind.Open && found.Records[0].Id == id);
            if (ledger.IsResolved(id))
            {
                desk.Reopen(item.Id, actor);
                ledger.Reopen(id);
            }
            else if (item.Class != BuiltInClasses.Resolved)
            {
                desk.Resolve(item.Id, actor);
                ledger.Resolve(id);
            }
        }
    }

    static RunRecord Run(IReadOnlyList<Delivery> deliveries, IRunStore store, DateOnly date)
    {
        var given = new Dictionary<string, IReadOnlyList<GivenRow>>
        {
            ["ledger"] = [.. deliveries.Where(row => row.Id[0] == 'L').Select(RowOf)],
            ["provider"] = [.. deliveries.Where(row => row.Id[0] == 'P').Select(RowOf)],
        };
        var test = new PackTest(
            "laws", null, null, false, given, new Expectation(null, null, null, null, null, false, null), new Place("laws", 1, 1, 1, ""));
        var request = new RunRequest(
            Pack, new WordRules(), date, new Dictionary<string, BusinessCalendar>(), new Dictionary<string, bool>(), Threads: 1,
            QueuesPostings: true, DateTimeOffset.UnixEpoch, By: "laws");
        return new Runner(new GivenReader(test, RowOrder.AsWritten), store).Run(request, CancellationToken.None).Record;
    }

    static GivenRow RowOf(Delivery row) => new(
        [
            new("id", row.Id), new("ref_", row.Id[1..]), new("amount", $"{(row.Cents < 0 ? "-" : "")}{RunLawsTests.Cents(Math.Abs(row.Cents))} {row.Currency}"),
            new("state", row.IsVoid ? "void" : "live"), new("day", "2026-02-20"),
        ],
        new Place("laws", 1, 1, 1, ""));

    static string Shown(int[][][] history)
    {
        var (story, ledger, text) = (new RollForwardStory(), new RollForwardLedger(), new StringBuilder());
        foreach (var (day, events) in history.Index())
        {
            var (first, last) = story.Day(events, ledger);
            text.AppendLine(CultureInfo.InvariantCulture, $"day {day}: {string.Join(", ", first)}; then {string.Join(", ", last)}");
            (ledger, _) = ledger.Day(last);
        }

        return text.ToString();
    }
}
