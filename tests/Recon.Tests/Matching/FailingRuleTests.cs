// A condition that throws ends matching with the same record named, however the work was cut.
using Recon.Matching.Blocks;
using Recon.Model.Columns;
using Recon.Model.Rules;
using Xunit;

namespace Recon.Tests.Matching;

public sealed class FailingRuleTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(4, 7)]
    public void The_smallest_pair_that_fails_is_named(int threads, long seed)
    {
        var ledger = Books.Source("ledger", 0, "UTC", ("id", FieldKind.Text), ("ref", FieldKind.Text));
        var bank = Books.Source("bank", 1, "UTC", ("id", FieldKind.Text), ("ref", FieldKind.Text));
        var leg = Books.Leg(0, ledger, bank);
        var pass = Books.Pass(
            "p", 0, leg, bank, ledger, Cardinality.OneToOne, [new KeyPair("ref", "ref", false)], [], when: "bank.ref");
        var rows = Enumerable.Range(0, 200).Select(row => new[] { $"{row:000}", $"R{row % 50}" }).ToList();
        var book = new Book(
            Books.Pack([ledger, bank], [leg], [pass]), [Books.Table(ledger, rows), Books.Table(bank, rows)]);
        var options = Books.Options(threads, new Throwing(), seed) with { Cut = new WorkCut(16, 4) };
        var failure = Assert.Throws<RuleFailedException>(() => Recon.Matching.Matcher.Match(
            book.Pack, book.Tables, Recon.Matching.MatchScope.Everything(book.Pack), options, CancellationToken.None));
        Assert.Equal("ledger:037 bank:037", failure.Record);
    }

    /// <summary>Throws for pairs whose ledger record has an id of 37 or more.</summary>
    sealed class Throwing : ICompiledRules
    {
        public RecordPredicate Record(RuleRef rule) => throw new InvalidOperationException();

        public GroupPredicate Group(RuleRef rule) => throw new InvalidOperationException();

        public GroupsPredicate Groups(RuleRef rule) => throw new InvalidOperationException();

        public SeveralPredicate Several(RuleRef rule) => throw new InvalidOperationException();

        public FieldDerivation Derivation(RuleRef rule) => throw new InvalidOperationException();

        public PairPredicate Pair(RuleRef rule) => (left, right, leftRows, rightRows, results) =>
        {
            for (var i = 0; i < leftRows.Length; i++)
            {
                if (rightRows[i] >= 37)
                {
                    var record = $"{right.Name}:{right.Id(rightRows[i])} {left.Name}:{left.Id(leftRows[i])}";
                    throw new RuleFailedException(rule, record, new InvalidOperationException("no"));
                }
            }
        };
    }
}
