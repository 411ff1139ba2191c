// The laws of plans: what is reported as moved is what differs between the documents of two whole runs.
using System.Text;
using System.Text.Json;
using CsCheck;
using Recon.Model.Rules;
using Recon.Packs;
using Recon.Packs.Comparing;
using Recon.Runs.Planning;
using Recon.Runs.Results;
using Recon.Runs.Testing;
using Recon.Tests.Laws;
using Xunit;

namespace Recon.Tests.Runs.Planning;

public sealed class PlanLaws
{
    // Each turns a rule of the pack into another, or takes it away.
    static readonly IReadOnlyList<(string Before, string After)> Mutations =
    [
        ("key: [order_ref, amount]", "key: [order_ref, amount, day]"),
        ("tie: { oldest: day }", "tie: ask"),
        ("amount ~ amount: 0.05 EUR", "amount ~ amount: 0.01 EUR"),
        ("day ~ day: 2d", "day ~ day: 0d"),
        ("  - { id: twice, dedupe: provider, key: order_ref, within: { day: 1d } }\n", ""),
        ("  - { id: payout, join: provider n:1 bank, key: payout, within: { sum(amount) ~ amount: 0 } }",
            "  - { id: payout, join: provider n:1 bank, key: payout, within: { sum(amount) ~ amount: 0.10 EUR } }"),
        ("{ business_days: 3, calendar: TARGET2, from: day, then: unclear }", "{ days: 0, from: day, then: unclear }"),
        ("limit: { each: 0.03 EUR }", "limit: { each: 0.01 EUR }"),
        ("for: unclear, tier: manual", "for: unclear, tier: escalate"),
        ("[provider.amount, ledger.amount]", "[ledger.amount, provider.amount]"),
        ("  - { id: exact,", "  - { id: by-day, join: ledger 1:1 provider, key: [amount, day], tie: ask }\n  - { id: exact,"),
        ("id: rounding, status: settled", "id: rounding, status: suspicious"),
    ];

    static readonly Gen<(List<GivenRow>[] Books, int[] Changes)> Changed =
        Gen.Select(RunLawsTests.Books, Gen.Int[0, Mutations.Count - 1].Array[1, 3]);

    [Fact]
    public void What_moves_is_what_differs_between_the_documents_of_two_runs() => Changed.Holds(given =>
    {
        var (before, after) = (Record(given.Books, RunLawsTests.Load()), Record(given.Books, Mutated(given.Changes)));
        var difference = PlanDifference.Of(before, after);
        var (earlier, later) = (OutcomesOf(before), OutcomesOf(after));
        var moved = earlier.Keys.Union(later.Keys)
            .Where(key => !earlier.GetValueOrDefault(key, []).SetEquals(later.GetValueOrDefault(key, [])));
        Assert.Equal(moved.Order(StringComparer.Ordinal), difference.Moved.Select(record => $"{record.Leg}/{record.Record}").Order(StringComparer.Ordinal));
        Assert.Equal(LostOf(before, after), difference.MatchesLost);
        var (queued, queuedNow) = (QueuedOf(before), QueuedOf(after));
        Assert.Equal(queuedNow.Except(queued).Order(), difference.Postings.Where(posting => posting.IsAdded).Select(posting => posting.Key).Order());
        Assert.Equal(queued.Except(queuedNow).Order(), difference.Postings.Where(posting => posting.IsGone).Select(posting => posting.Key).Order());
    }, oneIn: 10);

    [Fact]
    public void Every_moved_record_is_attributed_once() => Changed.Holds(given =>
    {
        var (before, after) = (RunLawsTests.Load(), Mutated(given.Changes));
        var comparison = new PackComparison(before, after);
        var difference = PlanDifference.Of(Record(given.Books, before), Record(given.Books, after));
        var without = comparison.Changes.Select(change => (change.What, Loaded(comparison.Without(change)) is { } pack ? Record(given.Books, pack) : null));
        var attribution = Attribution.Of(difference, [.. without]);
        Assert.Equal(difference.Moved.Count, attribution.Shares.Sum(share => share.Records));
        if (comparison.Changes.Count == 1 && difference.Moved.Count > 0)
        {
            Assert.Equal([comparison.Changes[0].What], Assert.Single(attribution.Shares).Changes);
        }
    }, oneIn: 25);

    [Fact]
    public void Without_all_its_changes_one_after_the_other_a_pack_is_the_one_before() => Changed.Holds(given =>
    {
        var (before, after) = (RunLawsTests.Load(), Mutated(given.Changes));
        for (var left = 10; left > 0 && new PackComparison(before, after) is { DecideAlike: false } comparison; left--)
        {
            after = comparison.Changes.Select(change => Loaded(comparison.Without(change))).First(pack => pack is not null)!;
        }

        Assert.True(new PackComparison(before, after).DecideAlike);
    }, oneIn: 40);

    [Fact]
    public void A_pure_refactoring_moves_nothing_and_needs_a_patch_step() => RunLawsTests.Books.Holds(books =>
    {
        var renamed = RunLawsTests.Load(yaml => yaml.Replace("id: near", "id: almost", StringComparison.Ordinal)
            .Replace("match: near", "match: almost", StringComparison.Ordinal).Replace("passes:\n", "passes: # in order\n", StringComparison.Ordinal));
        var difference = PlanDifference.Of(Record(books, RunLawsTests.Load()), Record(books, renamed));
        Assert.True(difference.IsNothing);
        Assert.Equal(VersionStep.Patch, VersionSteps.Needed(difference, isOtherText: true));
    }, oneIn: 40);

    static Pack Mutated(int[] changes) => RunLawsTests.Load(yaml => changes.Distinct().Aggregate(
        yaml, (text, change) => text.Replace(Mutations[change].Before, Mutations[change].After, StringComparison.Ordinal)));

    static Pack? Loaded(string text) => PackLoader.Load(new PackText("laws.yaml", Encoding.UTF8.GetBytes(text)), null, PackOptions.Default).Pack;

    static RunRecord Record(List<GivenRow>[] books, Pack pack) => RunLawsTests.Run(books, RowOrder.AsWritten, pack: pack);

    static HashSet<string> QueuedOf(RunRecord record) =>
        [.. Document(record).GetProperty("posts").EnumerateArray().Where(post => Text(post, "state") == "queued").Select(post => Text(post, "key"))];

    static int LostOf(RunRecord before, RunRecord after)
    {
        var matched = Matches(after).SelectMany(match => match.Records).ToHashSet(StringComparer.Ordinal);
        return Matches(before).Count(match => match.Records.Any(record => !matched.Contains(record)));
    }

    static IEnumerable<(string Outcome, List<string> Records)> Matches(RunRecord record) => Document(record).GetProperty("matches").EnumerateArray()
        .Select(match => ($"{Text(match, "id")} {Judgement(match)}", match.GetProperty("records").EnumerateArray()
            .Select(member => $"{Leg(match)}/{Text(member, "source")}:{Text(member, "id")}").ToList()));

    static Dictionary<string, HashSet<string>> OutcomesOf(RunRecord record)
    {
        var outcomes = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        void Add(string key, string outcome) => (outcomes.TryGetValue(key, out var known) ? known : outcomes[key] = []).Add(outcome);
        foreach (var (outcome, records) in Matches(record))
        {
            records.ForEach(member => Add(member, outcome));
        }

        foreach (var open in Document(record).GetProperty("open").EnumerateArray())
        {
            Add($"{Leg(open)}/{Text(open, "source")}:{Text(open, "id")}", $"open {Judgement(open)}");
        }

        return outcomes;
    }

    static JsonElement Document(RunRecord record) => JsonDocument.Parse(RunLawsTests.Bytes(record)).RootElement;

    static string Judgement(JsonElement item) => $"{Text(item, "class")} {Text(item, "status")} {Text(item, "tier")}";

    static string Leg(JsonElement item) => string.Join(" ~ ", item.GetProperty("leg").EnumerateArray().Select(source => source.GetString()));

    static string Text(JsonElement item, string name) => item.GetProperty(name).GetString() ?? "";
}
