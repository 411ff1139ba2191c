// A condition in C# of a pack against the same condition as a loop written by hand, over the same candidates.
using BenchmarkDotNet.Attributes;
using Recon.Model.Columns;
using Recon.Model.Rules;

namespace Recon.Benchmarks.InnerLoops;

public class PredicateLoops
{
    Books _books = null!;
    PairPredicate _predicate = null!;
    DateColumn _left = null!;
    DateColumn _right = null!;
    readonly int[] _leftRows = new int[Books.Rows];
    readonly int[] _rightRows = new int[Books.Rows];
    readonly bool[] _kept = new bool[Books.Rows];

    [GlobalSetup]
    public void Open()
    {
        _books = new Books(when: "bank.value_date >= ledger.value_date && bank.value_date.DayNumber - ledger.value_date.DayNumber <= 2");
        _predicate = _books.Rules.Pair(_books.Pack.Passes[0].When!);
        _left = (DateColumn)_books.Tables[0].Column("value_date");
        _right = (DateColumn)_books.Tables[1].Column("value_date");
        var chance = new Random(7);
        for (var i = 0; i < Books.Rows; i++)
        {
            (_leftRows[i], _rightRows[i]) = (chance.Next(Books.Rows), chance.Next(Books.Rows));
        }
    }

    [GlobalCleanup]
    public void Close() => _books.Delete();

    [Benchmark(OperationsPerInvoke = Books.Rows)]
    public void WhenOfThePack() => _predicate(_books.Tables[0], _books.Tables[1], _leftRows, _rightRows, _kept);

    [Benchmark(Baseline = true, OperationsPerInvoke = Books.Rows)]
    public void ByHand()
    {
        for (var i = 0; i < _leftRows.Length; i++)
        {
            var later = _right.DayNumber(_rightRows[i]) - _left.DayNumber(_leftRows[i]);
            _kept[i] = later is >= 0 and <= 2;
        }
    }
}
