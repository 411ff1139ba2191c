// A workspace of one pack and two rows, whose one difference is posted to a file: for tests of what stands around a run.
namespace Recon.Tests.Cli;

static class SmallWorkspace
{
    const string Pack = """
        recon: 1
        pack: { id: cash.cents, version: 1.0.0 }
        sources:
          ledger:
            role: books
            read: { csv: ledger.csv }
            id: entry_no
            fields: { entry_no: text, amount: { type: money, currency: EUR } }
          bank:
            role: external
            read: { csv: bank.csv }
            id: bank_ref
            fields: { bank_ref: text, amount: { type: money, currency: EUR } }
        passes:
          - { id: cents, join: ledger 1:1 bank, key: { ledger: entry_no, bank: bank_ref }, within: { amount ~ amount: 0.05 EUR } }
        classify:
          - { id: rounding, status: settled, on: { match: cents } }
          - { id: unexplained, status: suspicious, otherwise: true }
        resolve:
          - for: rounding
            tier: auto
            post: { to: ledger, debit: "1000", credit: "7990", amount: bank.amount - ledger.amount }
            once: [pack.id, ledger.entry_no, bank.bank_ref]
            limit: { each: 0.01 EUR }
          - { for: unexplained, tier: manual }

        """;

    /// <param name="target">The path under <c>file</c> of the one target.</param>
    /// <param name="limit">Above 0.02 the posting of 0.02 EUR is queued, else a person has to look.</param>
    internal static void Write(TemporaryFolder folder, string target = "out/ledger.jsonl", string limit = "1.00")
    {
        Put(folder, "recon.yaml", $$"""
            recon: 1
            packs: [pack]
            accounts: { "1000": asset, "7990": other }
            targets: { ledger: { file: {{target}} } }

            """);
        Put(folder, "pack/pack.yaml", Pack.Replace("0.01 EUR", $"{limit} EUR", StringComparison.Ordinal));
        Put(folder, "in/ledger.csv", "entry_no,amount\nA,10.00\n");
        Put(folder, "in/bank.csv", "bank_ref,amount\nA,10.02\n");
    }

    internal static void Put(TemporaryFolder folder, string name, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(folder.Of(name))!);
        File.WriteAllText(folder.Of(name), text.ReplaceLineEndings("\n"));
    }
}
