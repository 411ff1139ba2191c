// Small errors in a pack, and the tests that notice them or do not.
using Xunit;

namespace Recon.Tests.Cli;

public sealed class MutateTests
{
    const string Pack = """
        recon: 1
        pack: { id: shop, version: 1.0.0 }
        sources:
          books:
            role: books
            read: { csv: "books.csv" }
            id: id
            fields: { id: text, invoice: text, amount: { type: money, currency: EUR } }
          bank:
            role: external
            read: { csv: "bank.csv" }
            id: id
            fields: { id: text, invoice: text, amount: { type: money, currency: EUR } }
        passes:
          - id: near
            join: books 1:1 bank
            key: invoice
            within: { books.amount ~ bank.amount: { under: 0.05 EUR, over: 0 } }
            when: books.amount.Value > 1m
        classify:
          - { id: small, status: settled, on: { match: near } }
          - { id: open, status: suspicious, otherwise: true }
        resolve:
          - { for: small, tier: auto, post: { to: books, debit: "1", credit: "2", amount: bank.amount - books.amount }, once: [books.id] }
          - { for: open, tier: manual }

        """;

    const string Weak = """
        tests:
          - name: five cents less match
            date: 2026-03-02
            given:
              books: [ { id: L1, invoice: R1, amount: 10.00 EUR } ]
              bank: [ { id: B1, invoice: R1, amount: 9.95 EUR } ]
            expect:
              matched: [ { pass: near, records: [L1, B1], class: small } ]

        """;

    const string Strong = """
          - name: a cent beyond, above, or small stays open, and people see to it
            date: 2026-03-02
            given:
              books: [ { id: L1, invoice: R1, amount: 10.00 EUR }, { id: L2, invoice: R2, amount: 10.00 EUR }, { id: L3, invoice: R3, amount: 1.00 EUR } ]
              bank: [ { id: B1, invoice: R1, amount: 9.94 EUR }, { id: B2, invoice: R2, amount: 10.01 EUR }, { id: B3, invoice: R3, amount: 1.00 EUR } ]
            expect:
              matched: []
              breaks:
                - { class: open, tier: manual, records: [L1] }
                - { class: open, tier: manual, records: [L2] }
                - { class: open, tier: manual, records: [L3] }
                - { class: open, tier: manual, records: [B1] }
                - { class: open, tier: manual, records: [B2] }
                - { class: open, tier: manual, records: [B3] }
              exactly: true
          - name: what is short is booked
            date: 2026-03-02
            given:
              books: [ { id: L1, invoice: R1, amount: 10.00 EUR } ]
              bank: [ { id: B1, invoice: R1, amount: 9.95 EUR } ]
            expect:
              posts: [ { to: books, debit: "2", credit: "1", amount: 0.05 EUR, tier: auto, state: queued } ]
          - name: two of one reference are asked about, and a third is none of them
            date: 2026-03-02
            given:
              books: [ { id: L1, invoice: R1, amount: 10.00 EUR }, { id: L2, invoice: R1, amount: 10.00 EUR } ]
              bank: [ { id: B1, invoice: R1, amount: 10.00 EUR } ]
            expect:
              matched: []
              exactly: true

        """;

    [Fact]
    public async Task Bounds_that_no_test_stands_at_are_listed()
    {
        using var folder = Written(Weak);
        var weak = await WarmCli.RunAsync(folder.Path, "mutate", "p");
        Assert.True(weak.ExitCode == 0, weak.Everything);
        Assert.Contains("p/pack.yaml:15:9: pass near: books.amount ~ bank.amount up to 0.06 less instead of 0.05", Slashed(weak.Out), StringComparison.Ordinal);
        Assert.Contains("passes.near.when: >= instead of >", Slashed(weak.Out), StringComparison.Ordinal);
        Assert.Contains("resolution of small: debit and credit swapped", weak.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("pass near is left out", weak.Out, StringComparison.Ordinal);
        Assert.Equal(1, (await WarmCli.RunAsync(folder.Path, "mutate", "p", "--min-score", "90")).ExitCode);
    }

    [Fact]
    public async Task Good_tests_notice_nearly_all()
    {
        using var folder = Written(Weak + Strong);
        var strong = await WarmCli.RunAsync(folder.Path, "mutate", "p", "--min-score", "90");
        Assert.True(strong.ExitCode == 0, strong.Everything);
    }

    [Fact]
    public async Task A_test_that_fails_on_the_pack_as_it_is_notices_nothing()
    {
        using var folder = Written(Weak + """
              - name: what the rules do not promise
                date: 2026-03-02
                given: {}
                expect:
                  matched: [ { pass: near } ]

            """);
        var told = await WarmCli.RunAsync(folder.Path, "mutate", "p");
        Assert.Contains("1 test fails on the pack as it is, and is left out", told.Out, StringComparison.Ordinal);
        Assert.Contains("by 1 test ", told.Out, StringComparison.Ordinal);
        Assert.Contains("up to 0.06 less instead of 0.05", told.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_tests_there_is_no_score()
    {
        using var folder = Written(Weak);
        Assert.Equal(64, (await WarmCli.RunAsync(folder.Path, "mutate", "p", "--budget", "soon")).ExitCode);
        File.Delete(folder.Of("p", "pack.test.yaml"));
        Assert.Equal(5, (await WarmCli.RunAsync(folder.Path, "mutate", "p")).ExitCode);
    }

    static string Slashed(string text) => text.Replace('\\', '/');

    static TemporaryFolder Written(string tests)
    {
        var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.Of("p"));
        File.WriteAllText(folder.Of("p", "pack.yaml"), Pack);
        File.WriteAllText(folder.Of("p", "pack.test.yaml"), tests);
        return folder;
    }
}
