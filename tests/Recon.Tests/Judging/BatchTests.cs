// What judging costs: rules are asked in batches, matches without a difference are nearly free.
using Recon.Judging;
using Recon.Judging.Differing;
using Recon.Model;
using Recon.Model.Columns;
using Recon.Model.Rates;
using Recon.Model.Rules;
using Xunit;

namespace Recon.Tests.Judging;

public sealed class BatchTests
{
    [Fact]
    public void A_rule_is_asked_once_about_all_its_records()
    {
        var input = JudgingCase.Read("""
            date 2026-02-27
            source ledger books
              id  amount:money  note:text
              L1  1.00 EUR      a
              L2  2.00 EUR      b
              L3  3.00 EUR      a
              L4  3.00 EUR      a
            source provider external
              id  gross:money
              P3  3.00 EUR
              P4  3.00 EUR
            pass near: ledger 1:1 provider
              ledger.amount ~ provider.gross
            match near: L3 ~ P3
            match near: L4 ~ P4
            class pairs settled: match near
              when ledger.note is a
            class a expected: open ledger
              when ledger.note is a
            class b expected: open ledger
              when ledger.note is b
            class rest suspicious: otherwise
            """);
        var judgement = Judge.Decide(input, CancellationToken.None);
        Assert.Equal(["pairs", "pairs", "a", "b"], judgement.Breaks.Select(item => item.Class));
        Assert.Equal(3, ((WordRules)input.Rules).Calls);
    }

    [Fact]
    public void A_match_without_a_difference_allocates_nothing()
    {
        var checks = new PassChecks(Pass, View(count: 10_000), new Dictionary<string, RateTable>());
        Assert.False(checks.Differs(0));
        var before = GC.GetAllocatedBytesForCurrentThread();
        var differing = 0;
        for (var match = 0; match < 10_000; match++)
        {
            differing += checks.Differs(match) ? 1 : 0;
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(0, differing);
    }

    [Fact]
    public void Cancelled_judging_decides_nothing() =>
        Assert.Throws<OperationCanceledException>(() => Judge.Decide(
            JudgingCase.Read("""
                date 2026-02-27
                source ledger books
                  id  amount:money
                  L1  1.00 EUR
                source provider external
                  id  gross:money
                pass near: ledger 1:1 provider
                class rest expected: otherwise
                """),
            new CancellationToken(canceled: true)));

    static readonly SourceSpec Ledger = Specs.Source(
        "ledger", 0, SourceRole.Books, "amount", "UTC",
        [Specs.Field("amount", FieldKind.Money), Specs.Field("ref", FieldKind.Text)]);

    static readonly SourceSpec Provider =
        Ledger with { Name = "provider", Index = 1, Role = SourceRole.External };

    static readonly LegSpec Leg = new(0, [Ledger, Provider]);

    static readonly PassSpec Pass = new(
        "near", 0, Leg, Ledger, Provider, Cardinality.OneToOne, [],
        [
            new Comparison(
                "ledger.amount ~ provider.amount",
                Specs.Operand("ledger.amount", [Ledger, Provider]),
                Specs.Operand("provider.amount", [Ledger, Provider]),
                null),
            new Comparison(
                "ledger.ref ~ provider.ref",
                Specs.Operand("ledger.ref", [Ledger, Provider]),
                Specs.Operand("provider.ref", [Ledger, Provider]),
                null),
        ],
        TieRule.Ask, Hold: false, null, Specs.Nowhere);

    static LegView View(int count)
    {
        var rows = Enumerable.Range(0, count).Select(i => new[] { $"R{i:D8}", $"{i}.5 EUR", $"O{i}" });
        var finer = Enumerable.Range(0, count).Select(i => new[] { $"R{i:D8}", $"{i}.50 EUR", $"O{i}" });
        var each = Enumerable.Range(0, count).ToArray();
        var ends = Enumerable.Range(1, count).ToArray();
        var matches = new LegMatches(Leg, [.. new int[count]], [new([.. ends], each), new([.. ends], each)], [], []);
        return LegView.Of(matches, [Specs.Table(Ledger, rows), Specs.Table(Provider, finer)], [null, null]);
    }
}
