// Random run records with everything that a record can hold.
using CsCheck;
using Recon.Model;
using Recon.Model.Columns;
using Recon.Model.Rules;
using Recon.Runs.Results;

namespace Recon.Tests.Store;

static class RandomRuns
{
    public static Gen<string> Text { get; } = Gen.Char["abcXYZ019 -~äß€漢\"\\\n\t\0<&'"].Array[0, 12].Select(
        letters => new string(letters) + (letters.Length == 5 ? "😀" : ""));

    public static Gen<string> Id { get; } = Gen.Char["0123456789abcdef"].Array[16].Select(letters => new string(letters));

    public static Gen<Money> Money { get; } = Gen.Select(Numbers, Currencies, (number, code) => new Money(number, code));

    public static Gen<LegEvidence> Leg { get; } = Gen.Select(
        Gen.Int[0, 3].Select(Gen.Int[0, 3], Gen.Int[0, 3]).Array[0, 40], Gen.Int[0, 1000], LegOf);

    public static Gen<RunRecord> Record { get; } = Gen.Select(
        Leg.List[0, 3], Source.List[0, 3], Break.List[0, 6], Posting.List[0, 4], Text.List[0, 3], Id, Rest, RecordOf);

    static Gen<ExactNumber> Numbers => Gen.Select(
        Gen.Long, Gen.Int[0, 28], (units, scale) => new ExactNumber(units, scale));

    static Gen<Currency> Currencies => Gen.Int[0, 3].Select(
        i => i switch { 0 => default, 1 => Currency.Of("EUR"), 2 => Currency.Of("JPY"), _ => Currency.Of("USDT") });

    static Gen<DateOnly> Dates => Gen.Int[730000, 740000].Select(DateOnly.FromDayNumber);

    static Gen<RecordId> Records => Gen.Select(Text, Text, (source, id) => new RecordId(source, id));

    static Gen<string?> Maybe(Gen<string> text) =>
        Gen.Select(Gen.Bool, text, (there, value) => there ? value : null);

    public static Gen<Break> Break => Gen.Select(
        Id,
        Gen.Enum<BreakKind>().Select(Gen.Enum<Status>(), Gen.Enum<Tier>()),
        Text.List[2],
        Maybe(Text).Select(Maybe(Text)),
        Records.List[1, 4],
        Dates.Select(Dates, Gen.Bool),
        Gen.Select(Text, Money, Gen.Bool, (fields, amount, text) => new Difference(fields, text ? null : amount, fields)).List[0, 2],
        Money.List[0, 2],
        (id, kind, leg, names, records, dates, differences, value) => new Break(
            id, kind.Item1, leg, names.Item1, records, leg[0], kind.Item2, kind.Item3, names.Item2,
            dates.Item1, dates.Item3 ? dates.Item2 : null, dates.Item2, leg[1], differences, value)
        {
            Weighs = WeightsOf(records, value, kind.Item2),
        });

    // By its value, in parts and as a whole, by nothing, and as an engine that did not say.
    static IReadOnlyList<Weight>? WeightsOf(List<RecordId> records, List<Money> value, Status status) => status switch
    {
        Status.Settled => [],
        Status.Loss => null,
        Status.Expected => [.. value.Take(1).Select(amount => new Weight(records[0], records[0].Source, amount))],
        _ => [.. value.Select((amount, i) => new Weight(i == 0 ? records[^1] : null, records[^1].Source, amount, i == 0 ? records[0].Id : null))],
    };

    static Gen<Posting> Posting => Gen.Select(
        Id.Select(Id),
        Text.List[4],
        Money,
        Gen.Enum<Tier>().Select(Gen.Enum<PostingState>()),
        Records.List[0, 3],
        Maybe(Text).Select(Maybe(Id)),
        (ids, texts, amount, tier, records, rest) => new Posting(
            ids.Item1 + ids.Item2, ids.Item2 + ids.Item1, texts[0], texts[1], texts[2], texts[3], amount, tier.Item1,
            tier.Item2, ids.Item1, records, rest.Item1, rest.Item2));

    static Gen<SourceSummary> Source => Gen.Select(
        Text,
        Gen.Int[0, 1000].Array[8],
        Gen.Select(Text.List[2], Gen.Int, Currencies, Numbers, (names, count, currency, number) => new LegSummary(
            names, count, count, count, [new AmountSummary(names[0], currency, number, number, number)], count)).List[0, 2],
        Gen.Select(Text, Gen.Int, (condition, count) => new ExclusionCount(condition, count, count % 2 == 0 ? null : condition)).List[0, 2],
        Gen.Select(Text, Id, Gen.Long, (name, hash, bytes) => new InputFile(name, hash, bytes)).List[0, 2],
        (name, n, legs, exclusions, files) => new SourceSummary(
            name, n[0], n[1], n[2], n[3], n[4], n[5], n[6], n[7], legs, exclusions, files));

    static Gen<Rests> Rest => Gen.Select(
        Gen.Select(Text, Text.List[2], Gen.Long, Gen.Int, (id, leg, n, m) => new PassSummary(id, leg, n, m, [m, m], m, m)).List[0, 3],
        Gen.Select(Text, Maybe(Text), Gen.Int, (a, b, n) => new Reject(a, b, n % 2 == 0 ? n : null, b, a, a)).List[0, 3],
        Gen.Select(Currencies, Text, Gen.Enum<Status>(), Numbers, (currency, text, status, number) =>
            new Exposure(currency, text, text, status, "0-1", number, number, 3)).List[0, 3],
        Gen.Select(Text, Gen.Enum<ControlOutcome>(), (text, outcome) => new ControlResult(text, text, outcome, text)).List[0, 3],
        Gen.Select(Id, Text, (id, how) => new ClosedBreak(id, how)).List[0, 3],
        (passes, rejects, exposure, controls, closed) => new Rests(passes, rejects, exposure, controls, closed));

    static RunRecord RecordOf(
        List<LegEvidence> legs, List<SourceSummary> sources, List<Break> breaks, List<Posting> posts, List<string> notices,
        string id, Rests rest) => new()
        {
            Head = new RunIdentity(
                id, id + id + id + id, 1, "pay.card", "1.0.0", id, new DateOnly(2026, 3, 2),
                notices.Count == 1 ? RunState.Flagged : RunState.Completed),
            Sources = sources,
            Passes = rest.Passes,
            Matches = new MatchEvidence(legs),
            Breaks = breaks,
            Rejects = rest.Rejects,
            Duplicates = [.. rest.Rejects.Select(reject => new Duplicate(new RecordId(reject.Source, reject.Reason), reject.Content, id))],
            Posts = posts,
            Exposure = rest.Exposure,
            Controls = rest.Controls,
            Notices = notices,
            Closed = rest.Closed,
            RollForward = [.. rest.Exposure.Select(line => RollForwardOf(line.Currency, line.Source!, new AtRisk(line.Net, line.Absolute, line.Count)))],
        };

    static RollForwardLine RollForwardOf(Currency currency, string source, AtRisk closing) => new(
        currency, source, AtRisk.Nothing, closing, AtRisk.Nothing, AtRisk.Nothing, AtRisk.Nothing, AtRisk.Nothing, AtRisk.Nothing, closing);

    static readonly string[] Sources = ["ledger", "bänk", "chain"];

    /// <summary>A leg of one to three sources; match m is in pass <c>m.Pass</c>, with so many ids on the sides, and texts from the seed.</summary>
    static LegEvidence LegOf((int Pass, int Firsts, int Seconds)[] matches, int seed)
    {
        var count = matches.Length;
        string[] sources = [.. Sources.Take((seed % 3) + 1)];
        return new LegEvidence(
            sources,
            ["exact", "near", "grouped", ""],
            [.. matches.Select(match => match.Pass)],
            [
                .. sources.Select((_, side) => new MemberIds(
                    EndsOf(matches.Select(match => MembersOf(match, side))),
                    TextsOf(matches.Sum(match => MembersOf(match, side)), seed + side, nulls: false))),
            ],
            [
                .. Enumerable.Range(0, seed % 3).Select(i => new TruthColumns(
                    $"field {i}", TextsOf(count, seed + i, nulls: true),
                    [.. Enumerable.Range(0, count).Select(m => m % 3 == 0 ? TruthColumns.Nobody : (byte)(m % sources.Length))],
                    [.. Enumerable.Range(0, count).Select(m => (byte)(m % (1 << sources.Length)))])),
            ],
            (seed % 4) switch
            {
                0 => [],
                1 => [new LagColumn("booked ~ captured", TextsOf(count, seed + 7, nulls: true))],
                _ => [new LagColumn("booked ~ captured", TextsOf(count / 2, seed + 7, nulls: seed % 4 == 2), First: count / 3)],
            });
    }

    static int MembersOf((int Pass, int Firsts, int Seconds) match, int side) => side == 0 ? match.Firsts : match.Seconds;

    static MatchEnds EndsOf(IEnumerable<int> counts)
    {
        var end = 0;
        return [.. counts.Select(count => end += count)];
    }

    static TextColumn TextsOf(int count, int seed, bool nulls) => TextColumn.Of(Enumerable.Range(0, count).Select(
        i => nulls && (i + seed) % 5 == 0 ? null : $"{(seed % 3 == 0 ? "R" : "")}{(i / 3) + 1000:D6}{new string('é', (i + seed & 7))}"));

    sealed record Rests(
        List<PassSummary> Passes, List<Reject> Rejects, List<Exposure> Exposure, List<ControlResult> Controls,
        List<ClosedBreak> Closed);
}
