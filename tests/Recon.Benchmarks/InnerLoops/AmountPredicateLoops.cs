// A condition over amounts in C# of a pack against the same condition as a loop over scaled integers, over the same candidates.
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using Recon.Model.Columns;
using Recon.Model.Rules;

namespace Recon.Benchmarks.InnerLoops;

[GroupBenchmarksBy(BenchmarkLogicalGroupRule.ByCategory)]
[CategoriesColumn]
public class AmountPredicateLoops
{
    const string SameCurrency = "bank.amount.Currency == ledger.amount.Currency";

    Books _money = null!;
    Books _value = null!;
    PairPredicate _ofMoney = null!;
    PairPredicate _ofValue = null!;
    MoneyColumn _left = null!;
    MoneyColumn _right = null!;
    readonly int[] _leftRows = new int[Books.Rows];
    readonly int[] _rightRows = new int[Books.Rows];
    readonly bool[] _kept = new bool[Books.Rows];

    [GlobalSetup]
    public void Open()
    {
        _money = new Books(when: $"{SameCurrency} && bank.amount >= ledger.amount");
        _value = new Books(when: $"{SameCurrency} && bank.amount.Value - ledger.amount.Value <= 0.05m");
        _ofMoney = _money.Rules.Pair(_money.Pack.Passes[0].When!);
        _ofValue = _value.Rules.Pair(_value.Pack.Passes[0].When!);
        _left = (MoneyColumn)_money.Tables[0].Column("amount");
        _right = (MoneyColumn)_money.Tables[1].Column("amount");
        var chance = new Random(7);
        for (var i = 0; i < Books.Rows; i++)
        {
            (_leftRows[i], _rightRows[i]) = (chance.Next(Books.Rows), chance.Next(Books.Rows));
        }
    }

    [GlobalCleanup]
    public void Close()
    {
        _money.Delete();
        _value.Delete();
    }

    [BenchmarkCategory("amounts"), Benchmark(OperationsPerInvoke = Books.Rows)]
    public void WhenOfMoney() => _ofMoney(_money.Tables[0], _money.Tables[1], _leftRows, _rightRows, _kept);

    [BenchmarkCategory("amounts"), Benchmark(Baseline = true, OperationsPerInvoke = Books.Rows)]
    public void MoneyByHand()
    {
        for (var i = 0; i < _leftRows.Length; i++)
        {
            var (left, right) = (_leftRows[i], _rightRows[i]);
            _kept[i] = _left.Currencies[_left.CurrencyIndex(left)] == _right.Currencies[_right.CurrencyIndex(right)]
                && _right.NarrowUnits[right] >= _left.NarrowUnits[left];
        }
    }

    [BenchmarkCategory("decimals"), Benchmark(OperationsPerInvoke = Books.Rows)]
    public void WhenOfDecimals() => _ofValue(_value.Tables[0], _value.Tables[1], _leftRows, _rightRows, _kept);

    [BenchmarkCategory("decimals"), Benchmark(Baseline = true, OperationsPerInvoke = Books.Rows)]
    public void DecimalsByHand()
    {
        for (var i = 0; i < _leftRows.Length; i++)
        {
            var (left, right) = (_leftRows[i], _rightRows[i]);
            _kept[i] = _left.Currencies[_left.CurrencyIndex(left)] == _right.Currencies[_right.CurrencyIndex(right)]
                && _right.NarrowUnits[right] - _left.NarrowUnits[left] <= 5;
        }
    }
}
