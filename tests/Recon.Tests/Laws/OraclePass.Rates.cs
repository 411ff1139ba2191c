// What the two sides of a match are record by record, for conditions over several currencies.
using Recon.Model;
using Recon.Model.Rules;

namespace Recon.Tests.Laws;

sealed partial class OraclePass
{
    // NULL where an amount or a day of a record is.
    RatedSides? Rated(Comparison comparison, IReadOnlyList<int> first, IReadOnlyList<int> second)
    {
        var (left, right) = _leftIsFirst ? (first, second) : (second, first);
        return RatedSide(comparison, comparison.Left, left) is { } a && RatedSide(comparison, comparison.Right, right) is { } b
            ? new RatedSides(a, b)
            : null;
    }

    List<(Money Amount, DateOnly? Day)>? RatedSide(Comparison comparison, Operand operand, IReadOnlyList<int> rows)
    {
        var rule = ((AmountTolerance)comparison.Tolerance!).Fx!;
        var (side, isDated) = (operand.Source == tables[0].Name ? 0 : 1, operand.Source == rule.DateSource);
        var records = new List<(Money, DateOnly?)>();
        foreach (var row in rows)
        {
            if (Sum(operand, [row]) is not { } amount || (isDated && tables[side].Column(rule.DateField).IsNull(row)))
            {
                return null;
            }

            records.Add((amount, isDated ? Day(side, rule.DateField, row) : null));
        }

        return records;
    }
}
