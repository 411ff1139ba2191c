// Runs as a runner would submit them, small and readable.
using System.Security.Cryptography;
using System.Text;
using Recon.Model;
using Recon.Model.Columns;
using Recon.Model.Rules;
using Recon.Runs.Acting;
using Recon.Runs.Results;

namespace Recon.Tests.Store;

static class Submissions
{
    public const string Pack = "pay.card";

    public static readonly DateTimeOffset At = new(2026, 3, 3, 6, 30, 1, 250, TimeSpan.FromHours(1));

    public static readonly Actor Anna = new("anna", "as told", At, Key: null);

    public static DateOnly Day(int day) => new(2026, 3, day);

    public static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    /// <summary>A run with some of everything.</summary>
    public static RunSubmission Run(
        int day, RunSubmission? after = null, string inputs = "", int revision = 1, string pack = Pack,
        IReadOnlyList<Break>? breaks = null, IReadOnlyList<Posting>? posts = null, int open = 2,
        IEnumerable<Break>? closed = null)
    {
        var key = Hash($"{pack} {day} {inputs} {after?.ClosingHash}");
        var record = new RunRecord
        {
            Head = new RunIdentity(
                key[..16], key, revision, pack, "1.2.0", Hash(pack), Day(day), RunState.Completed),
            Sources = [new SourceSummary("ledger", 10, 1, 0, 0, 9, 0, 7, 2, [], [], [new InputFile("l.csv", Hash("l"), 120)])],
            Passes = [new PassSummary("exact", ["ledger", "bank"], 12, 3, [3, 3], 0)],
            Matches = new MatchEvidence([Leg(3, day)]),
            Breaks = breaks ?? [Open($"brk{day}"), Open("old")],
            Duplicates = [new Duplicate(new RecordId("ledger", "L-9"), "L-1", "twice")],
            Rejects = [new Reject("bank", "b.csv", 3, null, "amount: 'x' is no number", "x;y")],
            Posts = posts ?? [Post($"fee {day}", "1.00", PostingState.Queued)],
            Exposure = [],
            Controls = [new ControlResult("bank", "count", ControlOutcome.Passed, "10 = 10")],
            Notices = ["bank: b.csv is empty"],
            Closed = [.. (closed ?? GoneSince(after, breaks)).Select(item => new ClosedBreak(item.Id, "matched"))],
        };
        return new RunSubmission(
            record,
            after?.Record.Head.Id,
            after?.ClosingHash ?? OpeningState.Empty.Hash,
            Hash($"closing {key}"),
            [.. Enumerable.Range(0, open).Select(i => Item($"{day:D2}-{i:D6}"))],
            [Settled("ledger", day, 3), Settled("bank", day, 2)],
            [new StatementClosing("bank", "DE01", $"{day}", new Balance(Money.Of(100.50m + day, "EUR"), Day(day)))],
            At,
            "settlement-ops");
    }

    // What a run says that it closed, unless a test says otherwise.
    static IEnumerable<Break> GoneSince(RunSubmission? after, IReadOnlyList<Break>? breaks) => after is null ? [] : after.Record.Breaks
        .Where(item => breaks is null ? item.Id != Open("old").Id : breaks.All(kept => kept.Id != item.Id));

    public static Break Open(string id) => new(
        Hash(id)[..16], BreakKind.Open, ["ledger", "bank"], null, [new RecordId("ledger", id)], "missing-in-bank",
        Status.Expected, Tier.Auto, "ops", Day(1), Day(4), Day(1), "no pass matched it", [], [Money.Of(10.00m, "EUR")]);

    public static Posting Post(string key, string amount, PostingState state, string? firstRun = null) => new(
        Hash(key)[..32], Hash($"{key} {amount}")[..32], "fee", "erp", "fees", "cash",
        new Money(Number(amount), Currency.Of("EUR")), Tier.Auto, state, Hash("old")[..16], [], null, firstRun);

    public static CarriedItem Item(string id) => new(
        new RecordId("ledger", id),
        UInt128.Parse(Hash(id)[..32], System.Globalization.NumberStyles.HexNumber, System.Globalization.CultureInfo.InvariantCulture),
        new Dialect((byte)',', (byte)'.', "dd.MM.yyyy", null),
        [new("amount", "1.000,50"), new("note", "Straße \"a\"\n"), new("ref", id)],
        "l.csv",
        7,
        [new OpenLeg(["ledger", "bank"], Hash(id)[..16], Day(1), "missing-in-bank")]);

    public static SettledRecords Settled(string source, int day, int count) => new(
        source,
        [.. Enumerable.Range(0, count).Select(i => ((UInt128)(i + 1) << 100) + (UInt128)day)],
        [.. Enumerable.Range(0, count).Select(i => UInt128.MaxValue - (UInt128)(i * day))]);

    public static LegEvidence Leg(int count, int seed) => new(
        ["ledger", "bank"],
        ["exact"],
        [.. new int[count]],
        [
            new MemberIds([.. Enumerable.Range(1, count)], TextColumn.Of(Enumerable.Range(0, count).Select(i => $"L-{seed}-{i:D8}"))),
            new MemberIds([.. Enumerable.Range(1, count)], TextColumn.Of(Enumerable.Range(0, count).Select(i => $"B-{seed}-{i:D8}"))),
        ],
        [new TruthColumns("amount", TextColumn.Of(Enumerable.Range(0, count).Select(i => $"{i}.00 EUR")), new byte[count], new byte[count])],
        []);

    static ExactNumber Number(string text) =>
        ExactNumber.TryParse(text, out var number) ? number : throw new FormatException(text);
}
