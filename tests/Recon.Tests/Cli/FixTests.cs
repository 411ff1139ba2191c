// recon fix and recon check --expand as their users see them.
using System.Text;
using System.Text.Json;
using Xunit;

namespace Recon.Tests.Cli;

public sealed class FixTests
{
    [Fact]
    public async Task What_is_nearly_right_is_mended_and_shown_first()
    {
        using var folder = Misspelt("amount ~ gross: $rounding", "amount ~ gros: $roundin", "join: ledger 1:1 provider", "joim: ledger 1:1 provider");
        var wrong = File.ReadAllText(folder.Of("pack.yaml"));
        var shown = await WarmCli.RunAsync(folder.Path, "fix", ".");
        Assert.Equal((2, wrong), (shown.ExitCode, File.ReadAllText(folder.Of("pack.yaml"))));
        Assert.Contains("-    within: { amount ~ gros: $roundin, booked", shown.Out, StringComparison.Ordinal);
        Assert.Contains("+    within: { amount ~ gross: $rounding, booked", shown.Out, StringComparison.Ordinal);

        var applied = await WarmCli.RunAsync(folder.Path, "fix", ".", "--yes");
        Assert.True(applied.ExitCode == 0, applied.Everything);
        Assert.Equal(File.ReadAllText(RepositoryRoot.Of("rules", "card-payments", "pack.yaml")), File.ReadAllText(folder.Of("pack.yaml")));
        var again = await WarmCli.RunAsync(folder.Path, "fix", ".", "--yes");
        Assert.Equal((0, ""), (again.ExitCode, again.Out));
    }

    [Theory]
    [InlineData("  when: \"books.kind == 'a'\"", "  when: |\n      books.kind == 'a'")]
    [InlineData("  when: !books.paid && books.kind == x", "  when: |\n      !books.paid && books.kind == x")]
    [InlineData("  when: >\n      books.id ==\n        bank.id", "  when: |\n      books.id ==\n        bank.id")]
    public async Task C_sharp_that_YAML_cannot_carry_becomes_a_block(string before, string after)
    {
        using var folder = new TemporaryFolder();
        var head = """
            recon: 1
            pack: { id: shop, version: 1.0.0 }
            sources:
              books: { role: books, read: { csv: "a.csv" }, id: id, fields: { id: text, kind: text, amount: { type: money, currency: EUR } } }
              bank: { role: external, read: { csv: "b.csv" }, id: id, fields: { id: text, amount: { type: money, currency: EUR } } }
            passes:
              - id: near
                join: books 1:1 bank
                key: amount

            """;
        File.WriteAllText(folder.Of("pack.yaml"), $"{head}  {before}\nclassify:\n  - {{ id: open, status: expected, otherwise: true }}\n");
        await WarmCli.RunAsync(folder.Path, "fix", ".", "--yes");
        Assert.Contains($"{head}  {after}\nclassify", File.ReadAllText(folder.Of("pack.yaml")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_fix_in_the_C_sharp_of_a_block_is_found_at_its_place()
    {
        using var folder = Misspelt("ledger.booked >= provider.captured", "ledger.booked >= provider.captred");
        var check = await WarmCli.RunAsync(folder.Path, "check", ".", "--out", "json=-");
        using var found = JsonDocument.Parse(check.Out);
        var fix = found.RootElement.GetProperty("diagnostics")[0].GetProperty("fix");
        Assert.Equal("captured", fix.GetProperty("text").GetString());
        var sarif = await WarmCli.RunAsync(folder.Path, "check", ".", "--out", "sarif=-");
        Assert.Contains("\"insertedContent\"", sarif.Out, StringComparison.Ordinal);
        Assert.Equal(0, (await WarmCli.RunAsync(folder.Path, "fix", ".", "--yes")).ExitCode);
    }

    [Fact]
    public async Task Lines_keep_their_ends_and_a_file_its_mark()
    {
        using var folder = Misspelt("amount ~ gross: $rounding", "amount ~ gros: $rounding", "recon: 1", "recn: 1");
        var right = "\uFEFF" + File.ReadAllText(RepositoryRoot.Of("rules", "card-payments", "pack.yaml")).Replace("\n", "\r\n", StringComparison.Ordinal);
        File.WriteAllText(folder.Of("pack.yaml"), "\uFEFF" + File.ReadAllText(folder.Of("pack.yaml")).Replace("\n", "\r\n", StringComparison.Ordinal));
        var fix = await WarmCli.RunAsync(folder.Path, "fix", ".", "--yes");
        Assert.True(fix.ExitCode == 0, fix.Everything);
        Assert.DoesNotContain('\r', fix.Out);
        Assert.Equal(right, Encoding.UTF8.GetString(File.ReadAllBytes(folder.Of("pack.yaml"))));
    }

    [Fact]
    public async Task A_file_that_packs_share_is_mended_in_its_place()
    {
        using var folder = new TemporaryFolder();
        var whole = File.ReadAllText(RepositoryRoot.Of("rules", "card-payments", "pack.yaml"));
        var split = whole.IndexOf("trust:", StringComparison.Ordinal);
        var passes = whole.IndexOf("passes:", StringComparison.Ordinal);
        Directory.CreateDirectory(folder.Of("p"));
        Directory.CreateDirectory(folder.Of("_shared"));
        File.WriteAllText(folder.Of("_shared", "trust.yaml"), whole[split..passes].Replace("provider.gross", "provider.gros", StringComparison.Ordinal));
        File.WriteAllText(folder.Of("p", "pack.yaml"), $"{whole[..split]}use: [../_shared/trust.yaml]\n\n{whole[passes..]}");
        var fix = await WarmCli.RunAsync(folder.Path, "fix", "p", "--yes");
        Assert.True(fix.ExitCode == 0, fix.Everything);
        Assert.Contains("+++ _shared/trust.yaml", fix.Out, StringComparison.Ordinal);
        Assert.Equal(whole[split..passes], File.ReadAllText(folder.Of("_shared", "trust.yaml")));
    }

    [Theory]
    [InlineData("ledger.order_ref == provider.payout_id", "Fn.Same(ledger.order_ref, provider.payout_id, nulls: false)")]
    [InlineData("ledger.order_ref != provider.payout_id", "!Fn.Same(ledger.order_ref, provider.payout_id, nulls: false)")]
    public async Task Optional_values_are_compared_as_whoever_knows_of_them_would(string before, string after)
    {
        using var folder = Misspelt("ledger.kind == \"refund\" &&", $"{before} &&");
        var fix = await WarmCli.RunAsync(folder.Path, "fix", ".", "--yes");
        Assert.True(fix.ExitCode == 0, fix.Everything);
        Assert.Contains($"{after} && provider.kind", File.ReadAllText(folder.Of("pack.yaml")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_not_offered_is_left_to_the_author()
    {
        using var folder = Misspelt("amount ~ gross: $rounding", "amount ~ nothing_like_it: $rounding");
        var fix = await WarmCli.RunAsync(folder.Path, "fix", ".", "--yes");
        Assert.Equal(1, fix.ExitCode);
        Assert.Contains("nothing to fix, 1 left for you", fix.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pack_as_it_is_understood_is_a_pack_and_is_understood_the_same()
    {
        using var folder = Misspelt();
        var first = await WarmCli.RunAsync(folder.Path, "check", ".", "--expand", "--param", "rounding=0.07 EUR");
        Assert.True(first.ExitCode == 0, first.Everything);
        Assert.Contains("0.07 EUR", first.Out, StringComparison.Ordinal);
        File.WriteAllText(folder.Of("pack.yaml"), first.Out);
        Assert.Equal(first.Out, (await WarmCli.RunAsync(folder.Path, "check", ".", "--expand")).Out);
    }

    static TemporaryFolder Misspelt(params string[] changes)
    {
        var folder = new TemporaryFolder();
        var text = File.ReadAllText(RepositoryRoot.Of("rules", "card-payments", "pack.yaml"));
        foreach (var change in changes.Chunk(2))
        {
            text = text.Replace(change[0], change[1], StringComparison.Ordinal);
        }

        File.WriteAllText(folder.Of("pack.yaml"), text);
        return folder;
    }
}
