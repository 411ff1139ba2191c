// A workspace of many small packs, each date of which makes one posting.
using System.Globalization;

namespace Recon.Tests.Cli.Serving;

static class PostingWorkspace
{
    internal static DateOnly First { get; } = new(2026, 1, 1);

    /// <param name="schedule">What stands in the braces of <c>schedule</c> beside the zone.</param>
    /// <param name="more">Further lines of recon.yaml.</param>
    internal static void Write(string folder, int packs, int dates, string schedule, string more = "")
    {
        Directory.CreateDirectory(folder);
        File.WriteAllText(
            Path.Combine(folder, "recon.yaml"),
            $"recon: 1\npacks: [{string.Join(", ", Enumerable.Range(0, packs).Select(pack => $"packs/p{pack}"))}]\n"
            + $"accounts: {{ \"1200\": asset, \"7990\": other }}\n{more}");
        for (var pack = 0; pack < packs; pack++)
        {
            var rules = Path.Combine(folder, "packs", $"p{pack}");
            Directory.CreateDirectory(rules);
            File.WriteAllText(Path.Combine(rules, "pack.yaml"), Pack(pack, schedule));
            var inputs = Path.Combine(folder, "in", $"p{pack}");
            Directory.CreateDirectory(inputs);
            for (var i = 0; i < dates; i++)
            {
                var date = First.AddDays(i).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
                File.WriteAllText(Path.Combine(inputs, $"ledger-{date}.csv"), $"id,order_ref,amount\nL{date},O{date},10.00\nM{date},Q{date},7.00\n");
                File.WriteAllText(Path.Combine(inputs, $"bank-{date}.csv"), $"id,order_ref,amount\nB{date},O{date},10.02\nC{date},Q{date},7.00\n");
            }
        }
    }

    static string Pack(int number, string schedule) => $$"""
        recon: 1
        pack: { id: p{{number}}, version: 1.0.0 }
        run: { schedule: { zone: UTC, {{schedule}} } }
        sources:
          ledger:
            role: books
            read: { csv: "p{{number}}/ledger-{business_date}.csv" }
            id: id
            fields: { id: text, order_ref: text, amount: { type: money, currency: EUR } }
          bank:
            role: external
            read: { csv: "p{{number}}/bank-{business_date}.csv" }
            id: id
            fields: { id: text, order_ref: text, amount: { type: money, currency: EUR } }
        passes:
          - { id: near, join: ledger 1:1 bank, key: order_ref, within: { amount ~ amount: 0.05 EUR } }
        classify:
          - { id: rounding, status: settled, on: { match: near } }
          - { id: unexplained, status: suspicious, otherwise: true }
        resolve:
          - for: rounding
            tier: auto
            post: { to: ledger, debit: "1200", credit: "7990", amount: bank.amount - ledger.amount }
            once: [pack.id, ledger.id]
          - { for: unexplained, tier: manual, assign: ops }
        """;
}
