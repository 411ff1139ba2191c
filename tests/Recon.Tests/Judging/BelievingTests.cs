// What is believed is written exactly, and amounts beyond all range are a fault with a name.
using CsCheck;
using Recon.Judging;
using Recon.Judging.Believing;
using Recon.Model;
using Recon.Model.Columns;
using Recon.Model.Rules;
using Xunit;

namespace Recon.Tests.Judging;

public sealed class BelievingTests
{
    static readonly SourceSpec Ledger = Specs.Source(
        "ledger", 0, SourceRole.Books, "amount", "UTC", [Specs.Field("amount", FieldKind.Money)]);

    static readonly SourceSpec Provider = Specs.Source(
        "provider", 1, SourceRole.External, "amount", "UTC", [Specs.Field("amount", FieldKind.Money)]);

    static readonly Gen<ExactNumber> Numbers = Gen.Select(
        Gen.OneOf(Gen.Long, Gen.Long[-2000, 2000]),
        Gen.Int[0, 18],
        (units, scale) => new ExactNumber(units, scale));

    [Fact]
    public void A_believed_amount_reads_as_its_column_writes_it() =>
        Numbers.Array[1, 6].Sample(numbers =>
        {
            var amounts = new AmountColumnBuilder(FieldKind.Money);
            foreach (var number in numbers)
            {
                amounts.Append(number, Currency.Of(number.Sign < 0 ? "EUR" : "USDT"));
            }

            var column = amounts.Build();
            var matches = OneEach(numbers.Length);
            var truths = TruthTable.Of(PackOf(), Tables(column), matches, CancellationToken.None);
            var written = Assert.Single(truths).Values;
            return Enumerable.Range(0, column.Count).All(row => written.Text(row) == column.Display(row));
        });

    [Fact]
    public void A_group_too_large_to_add_is_a_fault_that_names_a_record()
    {
        var amounts = new AmountColumnBuilder(FieldKind.Money);
        for (var i = 0; i < 40; i++)
        {
            amounts.Append(new ExactNumber(ExactNumber.MaxUnits, 0), Currency.Of("EUR"));
        }

        int[] all = [.. Enumerable.Range(0, 40)];
        var group = new LegMatches(new LegSpec(0, [Ledger, Provider]), [0], [new([40], all), new([1], [0])], [], []);
        var tables = Tables(amounts.Build());
        var fault = Assert.Throws<ReconException>(
            () => TruthTable.Of(PackOf(), tables, group, CancellationToken.None));
        Assert.Equal(FaultKind.InputWrong, fault.Kind);
        Assert.Contains("ledger:R01", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Matched_amounts_too_large_to_compare_are_a_fault_that_names_the_match()
    {
        var huge = new string('9', 37);
        var text = $"""
            date 2026-02-27
            source ledger books
              id  amount:money
              L1  {huge} EUR
            source provider external
              id  gross:money
              P1  0.0001 EUR
            pass near: ledger 1:1 provider
              ledger.amount ~ provider.gross
            match near: L1 ~ P1
            class rest suspicious: otherwise
            """;
        Assert.StartsWith(
            "ledger:L1 and provider:P1: amounts too large", Fault(text).Message, StringComparison.Ordinal);
    }

    static ReconException Fault(string text) => Assert.Throws<ReconException>(
        () => Judge.Decide(JudgingCase.Read(text), CancellationToken.None));

    static Pack PackOf()
    {
        var leg = new LegSpec(0, [Ledger, Provider]);
        var pass = new PassSpec(
            "one", 0, leg, Ledger, Provider, Cardinality.OneToOne, [], [], TieRule.Ask, Hold: false, When: null, new Place("", 1, 1, 1, ""));
        return new Pack(
            "p", "1.0.0", null, [], [Ledger, Provider], [leg],
            [new TrustSpec("amount", [new TrustedField("ledger", "amount")])], [pass], [], [], null, "");
    }

    static RecordTable[] Tables(Column amounts)
    {
        var ids = TextColumn.Of(Enumerable.Range(0, amounts.Count).Select(i => $"R{i:D2}"));
        var origins = new RowOrigins([], [], [], []);
        SourceSpec[] sources = [Ledger, Provider];
        return [.. sources.Select(source => new RecordTable(source, ids, [amounts], origins))];
    }

    static LegMatches OneEach(int count)
    {
        int[] each = [.. Enumerable.Range(0, count)];
        int[] ends = [.. Enumerable.Range(1, count)];
        var leg = new LegSpec(0, [Ledger, Provider]);
        return new LegMatches(leg, [.. new int[count]], [new([.. ends], each), new([.. ends], each)], [], []);
    }
}
