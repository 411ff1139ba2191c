// The slow, obvious dedupe: every record against every record that stays.
using Recon.Model;
using Recon.Model.Columns;
using Recon.Model.Rules;
using Recon.Tests.Matching;

namespace Recon.Tests.Laws;

/// <summary>One dedupe pass over the records of its source.</summary>
sealed class OracleDuplicates(PassSpec pass, RecordTable table, ICompiledRules rules)
{
    public IEnumerable<DuplicateRow> Of(Func<int, bool> takesPart, Func<int, bool> isTaken)
    {
        var rows = Enumerable.Range(0, table.Count).Where(takesPart).Where(Holds).ToList();
        var standing = rows.Where(row => isTaken(row) || table.Origins.IsCarried(row)).ToList();
        var kept = new List<int>(standing);
        foreach (var row in InOrder([.. rows.Except(standing)]))
        {
            var first = kept.FindIndex(other => Repeats(other, row));
            if (first >= 0)
            {
                yield return new DuplicateRow(pass.Left.Index, row, kept[first], pass.Index);
            }
            else
            {
                kept.Add(row);
            }
        }
    }

    bool Holds(int row)
    {
        var holds = new bool[1];
        if (pass.When is { } when)
        {
            rules.Record(when)(table, [row], holds);
        }

        return pass.When is null || holds[0];
    }

    bool Repeats(int row, int other) => pass.Key.All(pair => KeyEqual(pair, row, other))
        && pass.Comparisons.All(window => Inside(window, row, other));

    bool KeyEqual(KeyPair pair, int row, int other)
    {
        var column = table.Column(pair.LeftField);
        return column.IsNull(row) || column.IsNull(other)
            ? pair.NullsEqual && column.IsNull(row) && column.IsNull(other)
            : column.ValueEquals(row, column, other);
    }

    bool Inside(Comparison window, int row, int other)
    {
        if (window.Left.Terms.Any(term => table.Column(term.Field).IsNull(row) || table.Column(term.Field).IsNull(other)))
        {
            return false;
        }

        var field = window.Left.Terms[0].Field;
        return window.Tolerance switch
        {
            AmountTolerance amount => Amount(window.Left, row) is { } a && Amount(window.Left, other) is { } b
                && a.CurrencyCode == b.CurrencyCode && (amount.Currency ?? a.CurrencyCode) == a.CurrencyCode
                && (a.Number - b.Number).Abs() <= amount.Over.Amount!.Value,
            DayTolerance { Calendar: null } days => Math.Abs(Day(field, row).DayNumber - Day(field, other).DayNumber) <= days.To,
            DayTolerance days => Math.Abs(Index(days, field, row) - Index(days, field, other)) <= days.To,
            ElapsedTolerance elapsed => Math.Abs(Ticks(field, row) - Ticks(field, other)) <= elapsed.To.Ticks,
            _ => false,
        };
    }

    // NULL where two currencies meet.
    Money? Amount(Operand operand, int row)
    {
        var amounts = operand.Terms.Select(term => (Value: table.Column(term.Field) is MoneyColumn money
            ? money.Money(row)
            : new Money(((ScaledColumn)table.Column(term.Field)).Number(row), default), term.Minus)).ToList();
        return amounts.Select(each => each.Value.CurrencyCode).Distinct().Count() > 1
            ? null
            : amounts.Select(each => each.Minus ? -each.Value : each.Value).Aggregate((sum, value) => sum + value);
    }

    int Index(DayTolerance days, string field, int row) => Books.Calendars[days.Calendar!].Index(Day(field, row));

    long Ticks(string field, int row) => ((InstantColumn)table.Column(field)).Ticks(row);

    DateOnly Day(string field, int row) => table.Column(field) is DateColumn dates
        ? dates.Date(row)
        : ((InstantColumn)table.Column(field)).Instant(row).DateIn(table.Source.TimeZone);

    IEnumerable<int> InOrder(List<int> rows)
    {
        var newest = pass.Tie.Kind == TieKind.Newest;
        if (pass.Tie.LeftField == "id")
        {
            return newest ? rows.OrderDescending() : rows.Order();
        }

        var column = table.Column(pass.Tie.LeftField!);
        return rows.OrderBy(column.IsNull)
            .ThenBy(row => column.IsNull(row) ? 0 : newest ? -Value(row) : Value(row))
            .ThenBy(row => row);

        long Value(int row) => column is DateColumn dates ? dates.DayNumber(row) : ((InstantColumn)column).Ticks(row);
    }
}
