// What recon test checks for free: that a result which depends on an order is found out.
using System.Text;
using Recon.Model;
using Recon.Model.Rules;
using Recon.Packs;
using Recon.Runs.Testing;
using Xunit;

namespace Recon.Tests.Runs.Testing;

public sealed class PackTestRunnerTests
{
    const string PackYaml = """
        recon: 1
        pack: { id: orders.of-sources, version: 1.0.0 }
        sources:
          books:
            role: books
            read: { csv: "books.csv" }
            id: id
            fields: { id: text, amount: { type: money, currency: EUR } }
          bank:
            role: external
            read: { csv: "bank.csv" }
            id: id
            fields: { id: text, amount: { type: money, currency: EUR } }
        passes:
          - id: near
            join: books 1:1 bank
            key: id
            within: { amount ~ amount: 1.00 EUR }
            when: |
              books.amount <= bank.amount
        classify:
          - { id: unexplained, status: suspicious, otherwise: true }
        resolve:
          - { for: unexplained, tier: manual, assign: us }
        tests:
          - name: one pair
            date: 2026-02-27
            given:
              books: [ { id: A, amount: 1.00 EUR } ]
              bank: [ { id: A, amount: 1.50 EUR } ]
            expect:
              matched: [ { pass: near, records: [A, A] } ]
        """;

    [Fact]
    public void A_rule_that_holds_in_every_order_passes() =>
        Assert.Equal(PackTestVerdict.Passed, Run(new Answer(_ => true)).Verdict);

    [Fact]
    public void A_result_that_hangs_on_the_order_of_sources_fails_with_what_each_order_gives()
    {
        var result = Run(new Answer(left => left.Source.Index == 0));
        Assert.Equal(PackTestVerdict.Failed, result.Verdict);
        Assert.Equal(
            "the order of sources: changes the result; only as written: break (difference) toward bank ~ books: bank:A, books:A "
            + "(unexplained, suspicious, manual, near, books.amount ~ bank.amount 0.50 EUR); match of near: bank:A, books:A "
            + "(unexplained, books.amount ~ bank.amount 0.50 EUR); only in the reverse order: break (open) toward bank ~ books: bank:A "
            + "(unexplained, suspicious, manual); break (open) toward bank ~ books: books:A (unexplained, suspicious, manual)",
            Assert.Single(result.Failures).Text);
    }

    static PackTestResult Run(ICompiledRules rules)
    {
        var load = PackLoader.Load(new PackText("pack.yaml", Encoding.UTF8.GetBytes(PackYaml)), null, PackOptions.Default);
        Assert.Empty(load.Diagnostics);
        return PackTestRunner.Run(
            load.Pack!, rules, Assert.Single(load.Tests), new Dictionary<string, BusinessCalendar>(), new Dictionary<string, bool>(),
            CancellationToken.None);
    }

    /// <summary>The pack's one rule, answered by its left table.</summary>
    sealed class Answer(Func<RecordTable, bool> holds) : ICompiledRules
    {
        public RecordPredicate Record(RuleRef rule) => throw new NotSupportedException();

        public PairPredicate Pair(RuleRef rule) => (left, _, _, _, results) => results.Fill(holds(left));

        public GroupPredicate Group(RuleRef rule) => throw new NotSupportedException();

        public GroupsPredicate Groups(RuleRef rule) => throw new NotSupportedException();

        public SeveralPredicate Several(RuleRef rule) => throw new NotSupportedException();

        public FieldDerivation Derivation(RuleRef rule) => throw new NotSupportedException();
    }
}
