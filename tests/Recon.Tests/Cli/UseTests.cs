// use: sections in YAML and functions in C# that several packs share.
using Xunit;

namespace Recon.Tests.Cli;

public sealed class UseTests
{
    const string Bank = """
        # The bank as every pack reads it.
        sources:
          bank:
            role: external
            read: { csv: "bank.csv" }
            id: id
            fields: { id: text, note: optional text, amount: { type: money, currency: EUR } }
            derive:
              payout: Refs.Payout(bank.note)
        classify:
          - { id: cents, status: settled, on: { match: near } }

        """;

    const string Refs = """
        // How our references are written.
        static class Refs
        {
            public static string? Payout(string? note) => Clean(Fn.After(note, "PAYOUT "));

            public static string? Clean(string? text)
            {
                var trimmed = text?.Trim().ToUpperInvariant();
                if (trimmed == null || trimmed.Length < 2) return null;
                return trimmed;
            }

            public static bool IsSmall(Money amount) => amount.Abs() <= Params.small;
        }

        """;

    const string Pack = """
        recon: 1
        pack: { id: shop, version: 1.0.0 }
        use: [../_shared/bank.yaml, lib/Refs.cs]
        params:
          small: { type: money, default: 5.00 EUR }
        sources:
          books:
            role: books
            read: { csv: "books.csv" }
            id: id
            fields: { id: text, payout: text, amount: { type: money, currency: EUR } }
        passes:
          - id: near
            join: books 1:1 bank
            key: payout
            within: { amount ~ amount: 0.05 EUR }
            when: |
              Refs.IsSmall(books.amount) && Refs.Clean(books.payout) != "XX"
        classify:
          - { id: open, status: suspicious, otherwise: true }
        resolve:
          - { for: open, tier: manual }
        tests:
          - name: a payout is found by its note, and a large one is not asked for
            date: 2026-03-02
            given:
              books: [ { id: L1, payout: P7, amount: 4.00 EUR }, { id: L2, payout: P8, amount: 9.00 EUR } ]
              bank: [ { id: B1, note: "x PAYOUT p7 ", amount: 4.01 EUR }, { id: B2, note: PAYOUT P8, amount: 9.00 EUR } ]
            expect:
              matched: [ { pass: near, records: [L1, B1], class: cents } ]
              breaks: [ { class: open, records: [L2] }, { class: open, records: [B2] } ]

        """;

    [Fact]
    public async Task A_pack_is_what_it_says_with_what_it_uses()
    {
        using var folder = Written();
        var check = await WarmCli.RunAsync(folder.Path, "check", "rules/shop");
        Assert.Equal((0, "rules/shop: shop 1.0.0 is fine (2 sources, 1 pass, 2 classes, 1 test)\n", ""), (check.ExitCode, check.Out, check.Error));
        Assert.Equal(0, (await WarmCli.RunAsync(folder.Path, "test", "rules/shop")).ExitCode);
    }

    [Fact]
    public async Task What_is_wrong_in_a_used_file_is_said_at_its_place()
    {
        using var folder = Written();
        Replace(folder, "rules/_shared/bank.yaml", "note: optional text", "note: optional txt");
        Replace(folder, "rules/_shared/bank.yaml", "classify:", "pack: { id: x }\nrecon: 1\nclassify:");
        Replace(folder, "rules/shop/lib/Refs.cs", "text?.Trim().ToUpperInvariant()", "text?.Trim().ToUpper()");
        var check = await WarmCli.RunAsync(folder.Path, "check", "rules/shop");
        Assert.Equal(1, check.ExitCode);
        Assert.Contains("rules/_shared/bank.yaml:7:", check.Out, StringComparison.Ordinal);
        Assert.Contains("rules/_shared/bank.yaml:10:1: error RC2001", check.Out, StringComparison.Ordinal);
        Replace(folder, "rules/_shared/bank.yaml", "optional txt", "optional text");
        Replace(folder, "rules/_shared/bank.yaml", "pack: { id: x }\nrecon: 1\n", "");
        check = await WarmCli.RunAsync(folder.Path, "check", "rules/shop");
        Assert.Contains("rules/shop/lib/Refs.cs:8:28: error RC3031: 'string.ToUpper()'", check.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("public static string? Loop(string? a) => Loop(a);", "RC3011", "calls itself")]
    [InlineData("public static string? One(string? a) => Two(a); public static string? Two(string? a) => One(a);", "RC3011", "calls itself")]
    [InlineData("public static double Half(decimal a) => 0.5;", "RC3011", "this type")]
    [InlineData("public static string Read(string a) => System.IO.File.ReadAllText(a);", "RC3030", "names no namespace")]
    [InlineData("public static bool For(int n) { for (;;) {} }", "RC3011", "a loop")]
    [InlineData("static int count;", "RC3011", "this in a class of helpers")]
    [InlineData("static Refs() { }", "RC3011", "this in a class of helpers")]
    [InlineData("public static T Any<T>(T a) => a;", "RC3011", "this in a class of helpers")]
    [InlineData("public static string Now(string a) => a + DateTime.Now;", "RC3020", "unknown name 'DateTime'")]
    [InlineData("public static bool Of(object a) => true;", "RC3011", "this type")]
    [InlineData("} class Other { ", "RC3011", "this in a file of helpers")]
    [InlineData("} static class Rule0 { public static bool F(int n) => true; ", "RC3014", "'Rule0' already means something")]
    [InlineData("} static class LedgerRecord { public static bool F(int n) => true; ", "RC3014", "'LedgerRecord' already means something")]
    [InlineData("} namespace X { static class Y { } class Z { ", "RC3010", "cannot be read as C#")]
    [InlineData("public static string? @Payout2(string? a) => a;", "RC3011", "the function")]
    public async Task A_helper_speaks_the_language_of_rules(string function, string code, string said)
    {
        using var folder = Written();
        var file = folder.Of("rules", "shop", "lib", "Refs.cs");
        File.WriteAllText(
            file,
            File.ReadAllText(file).Replace("    public static bool IsSmall", $"    {function}\n    public static bool IsSmall", StringComparison.Ordinal));
        var check = await WarmCli.RunAsync(folder.Path, "check", "rules/shop");
        Assert.Equal(1, check.ExitCode);
        Assert.Contains(code, check.Out, StringComparison.Ordinal);
        Assert.Contains(said, check.Out, StringComparison.Ordinal);
    }

    // Each function calls the one before twice: a billion steps from thirty lines.
    [Fact]
    public async Task Helpers_that_call_helpers_end_within_the_budget_of_the_rule()
    {
        using var folder = Written();
        var doubling = string.Concat(Enumerable.Range(1, 30).Select(i => $"    public static int F{i}(int n) => F{i - 1}(n) + F{i - 1}(n);\n"));
        Replace(folder, "rules/shop/lib/Refs.cs", "    public static bool IsSmall(Money amount) => ",
            $"    public static int F0(int n) => n;\n{doubling}    public static bool IsSmall(Money amount) => F30(0) == 0 && ");
        Assert.Equal(0, (await WarmCli.RunAsync(folder.Path, "check", "rules/shop")).ExitCode);
        var test = await WarmCli.RunAsync(folder.Path, "test", "rules/shop");
        Assert.Contains("looks at more than 5,000,000 records", test.Everything, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_section_that_moves_into_a_fragment_changes_nothing_and_a_helper_is_part_of_the_rules()
    {
        using var folder = Written();
        var before = (await WarmCli.RunAsync(folder.Path, "check", "rules/shop", "--expand")).Out;
        Replace(folder, "rules/shop/pack.yaml", "resolve:\n  - { for: open, tier: manual }\n", "");
        File.AppendAllText(folder.Of("rules", "_shared", "bank.yaml"), "resolve:\n  - { for: open, tier: manual }\n");
        Assert.Equal(before, (await WarmCli.RunAsync(folder.Path, "check", "rules/shop", "--expand")).Out);
        Replace(folder, "rules/shop/lib/Refs.cs", "trimmed.Length < 2", "trimmed.Length < 3");
        Assert.NotEqual(before, (await WarmCli.RunAsync(folder.Path, "check", "rules/shop", "--expand")).Out);
    }

    [Fact]
    public async Task A_file_beyond_the_folder_around_the_pack_is_not_there_also_not_by_a_link()
    {
        using var folder = Written();
        File.WriteAllText(folder.Of("outside.yaml"), "params: { secret: { type: text, default: TOP } }\n");
        File.CreateSymbolicLink(folder.Of("rules", "shop", "inside.yaml"), folder.Of("outside.yaml"));
        Replace(folder, "rules/shop/pack.yaml", "lib/Refs.cs]", "lib/Refs.cs, ../../outside.yaml, inside.yaml]");
        var check = await WarmCli.RunAsync(folder.Path, "check", "rules/shop");
        Assert.Equal(2, check.Out.Split("RC2311").Length - 1);
    }

    [Fact]
    public async Task The_rules_before_have_the_files_that_they_used()
    {
        using var folder = Written();
        PlanFromGitTests.Git(folder, "init", "--quiet", "--initial-branch=main");
        PlanFromGitTests.Commit(folder, "rules");
        File.WriteAllText(folder.Of("rules", "shop", "books.csv"), "id,payout,amount\nL1,P7,4.00\n");
        File.WriteAllText(folder.Of("rules", "shop", "bank.csv"), "id,note,amount\nB1,PAYOUT P7,4.00\n");
        Replace(folder, "rules/_shared/bank.yaml", "Refs.Payout(bank.note)", "Refs.Clean(bank.note)");
        var plan = await WarmCli.RunAsync(folder.Path, "plan", "rules/shop", "--base", "HEAD", "--date", "2026-03-02");
        Assert.True(plan.ExitCode == 0, plan.Everything);
        Assert.Contains("2 records of 2 would end otherwise", plan.Out, StringComparison.Ordinal);
    }

    static TemporaryFolder Written()
    {
        var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.Of("rules", "_shared"));
        Directory.CreateDirectory(folder.Of("rules", "shop", "lib"));
        File.WriteAllText(folder.Of("rules", "_shared", "bank.yaml"), Bank);
        File.WriteAllText(folder.Of("rules", "shop", "lib", "Refs.cs"), Refs);
        File.WriteAllText(folder.Of("rules", "shop", "pack.yaml"), Pack);
        return folder;
    }

    static void Replace(TemporaryFolder folder, string file, string before, string after)
    {
        var path = folder.Of(file.Split('/'));
        var text = File.ReadAllText(path);
        Assert.Contains(before, text, StringComparison.Ordinal);
        File.WriteAllText(path, text.Replace(before, after, StringComparison.Ordinal));
    }
}
