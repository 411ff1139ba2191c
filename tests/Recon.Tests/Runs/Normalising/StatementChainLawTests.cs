// A chain of statements gives each of its movements once, however it is cut, shuffled and delivered again.
using System.Globalization;
using CsCheck;
using Recon.Model;
using Recon.Model.Columns;
using Recon.Runs.Controls;
using Recon.Runs.Normalising;
using Xunit;

namespace Recon.Tests.Runs.Normalising;

public sealed class StatementChainLawTests
{
    static readonly DateOnly FirstDay = new(2026, 2, 26);

    static readonly CasePack Pack = PackOfAmounts();

    /// <summary>Statements of one account: for each its movements in euros, and how many days after the one before it closes.</summary>
    static readonly Gen<List<(int[] Movements, int Days)>> Chains =
        Gen.Select(Gen.OneOf(1, -1, 2).Array[0, 3], Gen.Int[0, 1]).List[1, 6];

    [Fact]
    public void Every_movement_is_one_record() =>
        Gen.Select(Chains, Chains, Gen.Int, Gen.Bool.Array[12]).Sample((first, second, seed, areRepeated) =>
        {
            var statements = Statements("DE1", first).Concat(Statements("DE2", second)).ToList();
            var delivered = statements.Concat(statements.Where((_, i) => areRepeated[i])).ToArray();
            new Random(seed).Shuffle(delivered);
            var input = new NormalisingInput(Pack.Source(), Table(delivered), [], [], Pack, Threads: 1);
            var normalised = Normalised(input);
            Assert.Equal(statements.Sum(statement => statement.Movements.Length), normalised.Counts.New);
            Assert.Empty(normalised.Notices);
        }, iter: 2000);

    [Fact]
    public void Every_movement_is_one_record_over_two_runs() =>
        Gen.Select(Chains, Gen.Int[0, 6], Gen.Int, Gen.Bool.Array[6]).Sample((chain, cut, seed, areRepeated) =>
        {
            var statements = Statements("DE1", chain).ToArray();
            var (first, second) = (statements.Take(cut).ToArray(), statements.Skip(cut).ToArray());
            var earlier = Normalised(new NormalisingInput(Pack.Source(), Table(first), [], [], Pack, Threads: 1));
            var records = Enumerable.Range(0, earlier.Records.Count).ToLookup(row => ((seed >> (row % 31)) & 1) == 0);
            var delivered = second.Concat(first.Where((_, i) => areRepeated[i])).ToArray();
            new Random(seed).Shuffle(delivered);
            var later = Normalised(new NormalisingInput(
                Pack.Source(), Table(delivered), [.. records[true].Select(row => earlier.CarriedItemOf(row, []))],
                [earlier.SettledOf([.. records[false]])], Pack, Threads: 1)
            {
                Closings = StatementClosings.After(CasePack.Name, [.. first.Select(entry => entry.Statement)], []),
            });
            Assert.Equal(second.Sum(statement => statement.Movements.Length), later.Counts.New);
            Assert.Equal(delivered.Sum(statement => statement.Movements.Length) - later.Counts.New, later.Counts.Known);
        }, iter: 2000);

    static NormalisedSource Normalised(NormalisingInput input) =>
        Normaliser.Normalise(input, TestContext.Current.CancellationToken);

    static IEnumerable<(Statement Statement, int[] Movements)> Statements(string account, List<(int[] Movements, int Days)> chain)
    {
        var before = new Balance(Euros(0), FirstDay);
        foreach (var (i, (movements, days)) in chain.Index())
        {
            var sum = Euros(movements.Sum());
            var closing = new Balance(before.Amount + sum, before.Date.AddDays(days));
            var number = (i + 1).ToString(CultureInfo.InvariantCulture);
            yield return (new Statement("a.sta", 1, account, number, before, closing, sum, movements.Length), movements);
            before = closing;
        }
    }

    static RawTable Table((Statement Statement, int[] Movements)[] delivered)
    {
        var rows = delivered.SelectMany((entry, i) => entry.Movements.Select(euros => (Statement: i, Euros: euros))).ToList();
        return new RawTable
        {
            Source = CasePack.Name,
            Dialect = Pack.Dialect,
            ColumnNames = ["amount", "account"],
            Columns =
            [
                TextColumn.Of(rows.Select(row => Euros(row.Euros).Number.ToString())),
                TextColumn.Of(rows.Select(row => delivered[row.Statement].Statement.Account)),
            ],
            Count = rows.Count,
            Files = [new InputFile("a.sta", "", 0)],
            LineOf = new RowLines(rows.Select((_, i) => i + 1)),
            StatementOf = [.. rows.Select(row => row.Statement)],
            Statements = [.. delivered.Select(entry => entry.Statement)],
        };
    }

    static Money Euros(int euros) => Money.Of(euros, "EUR");

    static CasePack PackOfAmounts()
    {
        var pack = new CasePack();
        pack.Line("source id: auto");
        pack.Line("field amount: money; currency: EUR");
        return pack;
    }
}
