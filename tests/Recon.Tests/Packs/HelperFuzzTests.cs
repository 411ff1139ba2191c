// Whatever is done to a file of helpers, it ends in compiled rules or in diagnostics.
using System.Text;
using CsCheck;
using Recon.Model;
using Recon.Packs;
using Xunit;

namespace Recon.Tests.Packs;

public sealed class HelperFuzzTests
{
    // Each is compiled, which costs what reading many packs does.
    const int RoundsOfOne = 5;

    const string Refs = """
        static class Refs
        {
            public static string? Payout(string? note) => Clean(Fn.After(note, "PAYOUT "));

            public static string? Clean(string? text)
            {
                var trimmed = text?.Trim().ToUpperInvariant();
                if (trimmed == null || trimmed.Length < 2) return null;
                return trimmed switch { "XX" => null, _ => trimmed };
            }
        }

        static class Sums
        {
            public static bool IsSmall(Money amount, decimal most) => amount.Abs().Value <= Math.Max(most, 1m);
        }

        """;

    const string Pack = """
        recon: 1
        pack: { id: shop, version: 1.0.0 }
        use: Refs.cs
        sources:
          books: { role: books, read: { csv: a.csv }, id: id, fields: { id: text, note: optional text, amount: { type: money, currency: EUR } } }
          bank: { role: external, read: { csv: b.csv }, id: id, fields: { id: text, note: optional text, amount: { type: money, currency: EUR } } }
        passes:
          - id: near
            join: books 1:1 bank
            key: note
            within: { amount ~ amount: 0 }
            when: |
              Refs.Payout(books.note) == "P" && Sums.IsSmall(books.amount, 5m)
        classify:
          - { id: open, status: suspicious, otherwise: true }
        resolve:
          - { for: open, tier: manual }

        """;

    [Fact]
    public void A_changed_file_of_helpers_never_throws() => PackFuzzTests.Edit.Array[0, 3].Sample(
        edits =>
        {
            var text = edits.Aggregate(Refs, PackFuzzTests.Apply);
            var pack = new PackText("pack.yaml", Encoding.UTF8.GetBytes(Pack))
            {
                Used = new Dictionary<string, PackText> { ["Refs.cs"] = new("Refs.cs", Encoding.UTF8.GetBytes(text)) },
            };
            var load = PackLoader.Load(pack, null, PackOptions.Default);
            var compiled = RuleCompiler.Compile(load.Rules, load.Sources, load.Parameters);
            return edits.Length > 0 || (load.Pack is not null && compiled.Image is not null && load.Diagnostics.All(found => found.Severity != Severity.Error));
        },
        iter: PackFuzzTests.Rounds / RoundsOfOne,
        threads: 1);
}
