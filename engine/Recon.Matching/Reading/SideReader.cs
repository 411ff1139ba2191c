// Reads one side of a condition as an exact integer.
using Recon.Model;
using Recon.Model.Columns;

namespace Recon.Matching.Reading;

/// <summary>One side of a condition, row by row, as an integer in the unit that both sides share.</summary>
abstract class SideReader
{
    /// <summary>The currency code of values that have none.</summary>
    public const int NoCurrency = -1;

    /// <summary>
    /// False where the side is NULL, mixes currencies or leaves the range that can be compared: such a record
    /// meets no condition.
    /// </summary>
    public abstract bool TryRead(int row, out Int128 value, out int currency);
}

/// <summary>Money or number fields, added up with their signs, in units of one common scale.</summary>
sealed class AmountReader(AmountReader.Part[] parts) : SideReader
{
    /// <summary>One term: its column, what lifts its units to the common scale, the code of each of its currencies.</summary>
    public readonly record struct Part(ScaledColumn Column, Int128 Lift, bool Minus, int[]? CurrencyCodes);

    public override bool TryRead(int row, out Int128 value, out int currency)
    {
        value = 0;
        currency = NoCurrency;
        for (var i = 0; i < parts.Length; i++)
        {
            ref readonly var part = ref parts[i];
            if (part.Column.IsNull(row) || !TryLift(part.Column.Units(row), part.Lift, out var units))
            {
                return false;
            }

            if (part.CurrencyCodes is not null)
            {
                var code = part.CurrencyCodes[((MoneyColumn)part.Column).CurrencyIndex(row)];
                if (currency != NoCurrency && currency != code)
                {
                    return false;
                }

                currency = code;
            }

            value += part.Minus ? -units : units;
            if (value > ExactNumber.MaxUnits || value < -ExactNumber.MaxUnits)
            {
                return false;
            }
        }

        return true;
    }

    static bool TryLift(Int128 units, Int128 lift, out Int128 lifted)
    {
        if (lift == 1)
        {
            lifted = units;
            return true;
        }

        var most = ExactNumber.MaxUnits / lift;
        var fits = units <= most && units >= -most;
        lifted = fits ? units * lift : 0;
        return fits;
    }
}

/// <summary>One amount in Int64 at the common scale: the case of almost every field.</summary>
/// <param name="currencyCodes">The code of each currency of the column; null for plain numbers.</param>
sealed class NarrowReader(ScaledColumn column, int[]? currencyCodes) : SideReader
{
    readonly MoneyColumn? _money = column as MoneyColumn;

    public override bool TryRead(int row, out Int128 value, out int currency)
    {
        value = column.NarrowUnits[row];
        currency = NoCurrency;
        if (column.IsNull(row))
        {
            return false;
        }

        if (currencyCodes is not null)
        {
            currency = currencyCodes[_money!.CurrencyIndex(row)];
        }

        return true;
    }
}

/// <summary>Dates as day numbers.</summary>
sealed class DateReader(DateColumn column) : SideReader
{
    public override bool TryRead(int row, out Int128 value, out int currency)
    {
        value = column.DayNumber(row);
        currency = NoCurrency;
        return !column.IsNull(row);
    }
}

/// <summary>Local dates as day numbers, or as business-day indexes of a calendar.</summary>
sealed class DayReader(Column column, Func<int, int> dayOf, BusinessCalendar? calendar) : SideReader
{
    public override bool TryRead(int row, out Int128 value, out int currency)
    {
        value = 0;
        currency = NoCurrency;
        if (column.IsNull(row))
        {
            return false;
        }

        var day = dayOf(row);
        if (calendar is null)
        {
            value = day;
            return true;
        }

        value = calendar.Index(DateOnly.FromDayNumber(day));
        return true;
    }
}

/// <summary>Instants as UTC ticks.</summary>
sealed class TickReader(InstantColumn column) : SideReader
{
    public override bool TryRead(int row, out Int128 value, out int currency)
    {
        value = column.Ticks(row);
        currency = NoCurrency;
        return !column.IsNull(row);
    }
}
