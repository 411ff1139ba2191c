// Two days and more of a workspace whose postings come back in its books: as they were made, otherwise, and not at all.
using System.Text.Json;
using Xunit;

namespace Recon.Tests.Cli;

public sealed class OwnPostingTests
{
    const string Pack = """
        recon: 1
        pack: { id: cash.corrections, version: 1.0.0 }
        sources:
          ledger:
            role: books
            read: { csv: "ledger/{business_date}.csv", missing: empty }
            id: entry_no
            calendar: TARGET2
            posting_key: recon_key
            back_within: 2 business days
            fields: { entry_no: text, invoice: optional text, amount: { type: money, currency: EUR }, recon_key: optional text }
          bank:
            role: external
            read: { csv: "bank/{business_date}.csv", missing: empty }
            id: bank_ref
            fields: { bank_ref: text, invoice: text, amount: { type: money, currency: EUR } }
        passes:
          - { id: cents, join: ledger 1:1 bank, key: invoice, within: { amount ~ amount: 0.05 EUR } }
        classify:
          - { id: rounding, status: settled, on: { match: cents } }
          - { id: unbooked, status: suspicious, on: { open: bank } }
          - { id: unexplained, status: suspicious, otherwise: true }
        resolve:
          - for: rounding
            tier: auto
            post: { to: ledger, debit: "1000", credit: "7990", amount: bank.amount - ledger.amount }
            once: [pack.id, ledger.entry_no, bank.bank_ref]
          - for: unbooked
            tier: auto-flag
            post: { to: ledger, debit: "1000", credit: "8400", amount: bank.amount }
            once: [pack.id, bank.bank_ref]
          - { for: unexplained, tier: manual }
        """;

    [Fact]
    public async Task What_comes_back_is_known_by_its_key()
    {
        using var folder = await Monday();
        Books(folder, "2026-03-03", $"T1,,0.02,{Key(folder, "0.02")}", $"T2,,250.00,{Key(folder, "250.00")}", "T3,,1.00,theirs");
        using var result = await Run(folder, "2026-03-03");
        Assert.Equal(
            ["own-postings matched ledger:T1", "own-postings-2 matched ledger:T2 bank:B3"],
            Entries(result, "matches").Select(match => $"{Text(match, "pass")} {Text(match, "class")} "
                + string.Join(' ', match.GetProperty("records").EnumerateArray().Select(record => $"{Text(record, "source")}:{Text(record, "id")}"))));
        Assert.Equal(["B4", "T3"], Entries(result, "open").Select(open => Text(open, "id")).Order(StringComparer.Ordinal));
        using var again = await Run(folder, "2026-03-03");
        Assert.Equal(result.RootElement.GetRawText(), again.RootElement.GetRawText());
        Assert.Contains("matched by own-postings-2", await Out(folder, "explain", "ledger:T2", "--date", "2026-03-03"), StringComparison.Ordinal);
        Assert.Contains("which was made for this", await Out(folder, "explain", "bank:B3", "--date", "2026-03-03"), StringComparison.Ordinal);
        await Out(folder, "audit", "verify");
    }

    [Fact]
    public async Task What_comes_back_otherwise_is_disputed_and_what_does_not_is_missing()
    {
        using var folder = await Monday();
        Books(folder, "2026-03-03", $"T1,,0.03,{Key(folder, "0.02")}");
        using var tuesday = await Run(folder, "2026-03-03");
        var altered = Assert.Single(Entries(tuesday, "matches"), match => Text(match, "class") == "posting-altered");
        Assert.Contains("instead of 0.02 EUR", Text(altered, "reason"), StringComparison.Ordinal);
        await Capture(folder, Text(altered, "id"));
        using var wednesday = await Run(folder, "2026-03-04");
        Assert.DoesNotContain(Entries(wednesday, "open"), IsMissing);
        using var thursday = await Run(folder, "2026-03-05");
        var missing = Entries(thursday, "open").Where(IsMissing).ToList();
        Assert.Equal(2, missing.Count);
        Assert.All(missing, item => Assert.Contains("was due 2026-03-04", Text(item, "reason"), StringComparison.Ordinal));
        await Capture(folder, Text(missing[0], "break"));
        Assert.Contains("posting-missing", await Out(folder, "breaks", "list", "--class", "posting-missing"), StringComparison.Ordinal);
        Assert.Contains("was due 2026-03-04", await Out(folder, "explain", Text(missing[0], "break")), StringComparison.Ordinal);

        // On Friday one is there after all.
        Books(folder, "2026-03-06", $"T9,,250.00,{Key(folder, "250.00")}");
        using var friday = await Run(folder, "2026-03-06");
        Assert.Contains(Entries(friday, "closed"), closed => Text(closed, "how").EndsWith("came back as ledger:T9", StringComparison.Ordinal));
        var left = Assert.Single(Entries(friday, "open"), IsMissing);
        Assert.Contains(missing, item => Text(item, "break") == Text(left, "break") && Text(item, "born") == Text(left, "born"));
    }

    static bool IsMissing(JsonElement open) => Text(open, "class") == "posting-missing" && Text(open, "source") == "own-postings";

    static List<JsonElement> Entries(JsonDocument result, string section) => [.. result.RootElement.GetProperty(section).EnumerateArray()];

    static string Text(JsonElement entry, string name) => entry.GetProperty(name).GetString()!;

    static async Task Capture(TemporaryFolder folder, string id)
    {
        var capture = await WarmCli.RunAsync(folder.Path, "capture", id, "--expect", "today");
        Assert.True(capture.ExitCode == 0, capture.Everything);
        Assert.DoesNotContain("another thing comes out", capture.Error, StringComparison.Ordinal);
        await Out(folder, "test", "pack");
    }

    // A pair two cents apart, and two entries of the bank that nobody booked: three postings.
    static async Task<TemporaryFolder> Monday()
    {
        var folder = new TemporaryFolder();
        Write(folder, "recon.yaml", """
            recon: 1
            packs: [pack]
            accounts: { "1000": asset, "7990": other, "8400": other }
            targets: { ledger: { file: out/ledger.jsonl } }

            """.ReplaceLineEndings("\n"));
        Write(folder, "pack/pack.yaml", Pack.ReplaceLineEndings("\n") + "\n");
        Books(folder, "2026-03-02", "L1,I1,10.00,", "L2,I2,20.00,");
        Write(folder, "in/bank/2026-03-02.csv", "bank_ref,invoice,amount\nB1,I1,10.02\nB2,I2,20.00\nB3,I3,250.00\nB4,I4,99.00\n");
        using var monday = await Run(folder, "2026-03-02");
        Assert.Equal(3, Entries(monday, "posts").Count);
        return folder;
    }

    static void Books(TemporaryFolder folder, string date, params string[] rows) =>
        Write(folder, $"in/ledger/{date}.csv", $"entry_no,invoice,amount,recon_key\n{string.Join('\n', rows)}\n");

    static void Write(TemporaryFolder folder, string name, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(folder.Of(name))!);
        File.WriteAllText(folder.Of(name), text);
    }

    // As the books got it.
    static string Key(TemporaryFolder folder, string amount)
    {
        var lines = File.ReadAllLines(folder.Of("out", "ledger.jsonl"));
        using var line = JsonDocument.Parse(lines.Single(text => text.Contains($"\"amount\":\"{amount}\"", StringComparison.Ordinal)));
        return line.RootElement.GetProperty("key").GetString()!;
    }

    static async Task<JsonDocument> Run(TemporaryFolder folder, string date)
    {
        await Out(folder, "run", ".", "--date", date, "--out", "json=result.json");
        return JsonDocument.Parse(File.ReadAllText(folder.Of("result.json")));
    }

    static async Task<string> Out(TemporaryFolder folder, params string[] words)
    {
        var result = await WarmCli.RunAsync(folder.Path, words);
        Assert.True(result.ExitCode == 0, result.Everything);
        return string.Join(' ', result.Out.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }
}
