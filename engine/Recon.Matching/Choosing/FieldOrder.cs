// The order of records by one field, for ties by the oldest or the newest.
using Recon.Matching.Blocks;
using Recon.Model;
using Recon.Model.Columns;
using Recon.Model.Rules;

namespace Recon.Matching.Choosing;

/// <summary>
/// Orders rows by a field, then by id. NULL comes last; money by currency code, then amount; text by its bytes.
/// </summary>
/// <param name="field">Null or <c>id</c>: by the business key alone.</param>
sealed class FieldOrder(RecordTable table, string? field, bool newest) : IComparer<int>
{
    readonly Column? _column = field is null or "id" ? null : table.Column(field);

    /// <summary>The order in which the tie of a pass takes the records of a side.</summary>
    public static FieldOrder Of(PassPlan plan, int side)
    {
        var tie = plan.Pass.Tie;
        return new FieldOrder(
            plan.Tables[side], side == plan.LeftSide ? tie.LeftField : tie.RightField, tie.Kind == TieKind.Newest);
    }

    public int Compare(int row, int otherRow)
    {
        var order = _column is null || _column.IsNull(row) || _column.IsNull(otherRow)
            ? NullsLast(row, otherRow)
            : newest ? Value(otherRow, row) : Value(row, otherRow);
        return order != 0 ? order : ById(row, otherRow);
    }

    int NullsLast(int row, int otherRow) =>
        _column is null ? 0 : _column.IsNull(row).CompareTo(_column.IsNull(otherRow));

    // "newest: id" takes the largest id first; after any other field ids ascend.
    int ById(int row, int otherRow) =>
        _column is null && newest ? otherRow.CompareTo(row) : row.CompareTo(otherRow);

    int Value(int row, int otherRow) => _column switch
    {
        DateColumn dates => dates.DayNumber(row).CompareTo(dates.DayNumber(otherRow)),
        InstantColumn instants => instants.Ticks(row).CompareTo(instants.Ticks(otherRow)),
        MoneyColumn money =>
            money.CurrencyOf(row).CompareTo(money.CurrencyOf(otherRow)) is var order && order != 0
            ? order
            : money.Units(row).CompareTo(money.Units(otherRow)),
        ScaledColumn number => number.Units(row).CompareTo(number.Units(otherRow)),
        TextColumn text => text.Utf8(row).SequenceCompareTo(text.Utf8(otherRow)),
        _ => throw new InvalidOperationException($"bug: no order of {table.Name}.{field}"),
    };
}
