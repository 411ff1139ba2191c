// One side of an amount comparison, made ready to be added up a million times without allocating.
using Recon.Model;
using Recon.Model.Columns;
using Recon.Model.Rules;

namespace Recon.Judging.Differing;

/// <summary>The terms of an operand over the columns of its table, lifted to a scale that both sides share.</summary>
sealed class AmountSide
{
    readonly Part[] _parts;

    AmountSide(Part[] parts) => _parts = parts;

    /// <param name="scale">Digits behind the point of every sum; at least the scale of each column.</param>
    /// <param name="numbers">Currency → number, shared by the two sides; grows.</param>
    public static AmountSide Of(
        Operand operand, RecordTable table, int scale, Dictionary<Currency, int> numbers) =>
        new([.. operand.Terms.Select(term => PartOf(term, table, scale, numbers))]);

    public static int ScaleOf(Operand operand, RecordTable table) =>
        operand.Terms.Max(term => ((ScaledColumn)table.Column(term.Field)).Scale);

    /// <summary>Adds up the rows; false where a value is NULL or two currencies meet.</summary>
    public bool TrySum(ReadOnlySpan<int> rows, out Int128 units, out int currency)
    {
        units = 0;
        currency = -1;
        foreach (ref readonly var part in _parts.AsSpan())
        {
            foreach (var row in rows)
            {
                var code = part.CurrencyNumber(row);
                if (part.Column.IsNull(row) || (currency >= 0 && currency != code))
                {
                    return false;
                }

                currency = code;
                var value = part.Lift == 1 ? part.Column.Units(row) : part.Column.Units(row) * part.Lift;
                units = part.Minus ? units - value : units + value;
            }
        }

        return true;
    }

    static Part PartOf(Term term, RecordTable table, int scale, Dictionary<Currency, int> numbers)
    {
        var column = (ScaledColumn)table.Column(term.Field);
        var money = column as MoneyColumn;
        var currencies = money?.Currencies ?? [default];
        var numberOf = currencies.Select(currency =>
        {
            numbers.TryAdd(currency, numbers.Count);
            return numbers[currency];
        });
        var lift = ExactNumber.PowerOfTen(scale - column.Scale);
        return new Part(column, money, term.Minus, lift, [.. numberOf]);
    }

    readonly record struct Part(
        ScaledColumn Column, MoneyColumn? Money, bool Minus, Int128 Lift, int[] NumberOf)
    {
        public int CurrencyNumber(int row) => NumberOf.Length switch
        {
            0 => 0,
            1 => NumberOf[0],
            _ => NumberOf[Money!.CurrencyIndex(row)],
        };
    }
}
