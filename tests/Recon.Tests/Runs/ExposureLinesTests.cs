// Exposure told apart by what a pack asks for.
using System.Text;
using Recon.Model;
using Recon.Model.Rules;
using Recon.Packs;
using Recon.Runs.Results;
using Xunit;

namespace Recon.Tests.Runs;

public sealed class ExposureLinesTests
{
    const string PackYaml = """
        recon: 1
        pack: { id: laws.exposure, version: 1.0.0 }
        sources:
          ledger:
            role: books
            read: { csv: "ledger.csv" }
            id: id
            counterparty: merchant
            fields: { id: text, ref_: text, merchant: optional text, amount: { type: money, currency: { column: ccy } }, day: date }
          provider:
            role: external
            read: { csv: "provider.csv" }
            id: id
            fields: { id: text, ref_: text, amount: { type: money, currency: { column: ccy } }, day: date }
        passes:
          - { id: near, join: ledger 1:1 provider, key: ref_, within: { amount ~ amount: 5.00 EUR } }
        classify:
          - { id: unexplained, status: suspicious, otherwise: true }
        resolve: [ { for: unexplained, tier: manual } ]
        exposure: { by: [currency, counterparty, age], ages: [5, 30] }
        """;

    static readonly List<GivenRow>[] Books =
    [
        [
            Row("L1", "1", "2026-02-27", "10.00 EUR", "Brot & Co"), Row("L2", "2", "2026-02-22", "-3.00 EUR", "Brot & Co"),
            Row("L3", "3", "2026-01-01", "7.00 EUR", "Brot & Co"), Row("L4", "4", "2026-02-21", "1.00 USD", ""),
            Row("L5", "5", "2026-02-27", "4.00 EUR", "Aal"),
        ],
        [Row("P5", "5", "2026-02-27", "4.50 EUR", null), Row("P6", "6", "2026-02-27", "2.00 EUR", null)],
        [],
    ];

    [Fact]
    public void Lines_are_told_apart_by_what_the_pack_names_and_by_nothing_else()
    {
        var record = RunLawsTests.Run(Books, Recon.Runs.Testing.RowOrder.AsWritten, pack: Load(PackYaml));
        Assert.Equal(
            [
                "EUR '' 0-5 2.00 2.00 1",
                "EUR 'Aal' 0-5 0.50 0.50 1",
                "EUR 'Brot & Co' 0-5 7.00 13.00 2",
                "EUR 'Brot & Co' 31+ 7.00 7.00 1",
                "USD '' 6-30 1.00 1.00 1",
            ],
            record.Exposure.Select(line => $"{line.Currency} '{line.Counterparty}' {line.Age} {line.Net} {line.Absolute} {line.Count}"));
        Assert.All(record.Exposure, line => Assert.Equal((null, null, null), (line.Source, line.Class, line.Status)));
        Assert.Equal(["EUR ledger 14.50", "EUR provider 2.00", "USD ledger 1.00"], ShownNet(record));
    }

    [Fact]
    public void Where_nothing_but_the_currency_is_asked_for_there_is_one_line_each()
    {
        var yaml = PackYaml.Replace("by: [currency, counterparty, age], ages: [5, 30]", "by: [currency]", StringComparison.Ordinal);
        var record = RunLawsTests.Run(Books, Recon.Runs.Testing.RowOrder.Reversed, pack: Load(yaml));
        Assert.Equal(
            ["EUR 16.50 22.50 5", "USD 1.00 1.00 1"],
            record.Exposure.Select(line => $"{line.Currency} {line.Net} {line.Absolute} {line.Count}"));
        Assert.All(record.Exposure, line => Assert.Null(line.Counterparty));
    }

    static IEnumerable<string> ShownNet(RunRecord record) =>
        record.RollForward.Select(line => $"{line.Currency} {line.Source} {line.Closing.Net}");

    static GivenRow Row(string id, string reference, string day, string amount, string? merchant) => new(
        [
            new("id", id), new("ref_", reference), new("day", day), new("amount", amount),
            .. merchant is null ? [] : new KeyValuePair<string, string>[] { new("merchant", merchant) },
        ],
        new Place("laws", 1, 1, 1, ""));

    static Pack Load(string yaml)
    {
        var load = PackLoader.Load(new PackText("laws.yaml", Encoding.UTF8.GetBytes(yaml.ReplaceLineEndings("\n"))), null, PackOptions.Default);
        return load.Pack ?? throw new InvalidOperationException(string.Join("\n", load.Diagnostics));
    }
}
