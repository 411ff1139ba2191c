// Makes the readers of fields and operands, over the tables of one run of matching.
using Recon.Matching.Rates;
using Recon.Model;
using Recon.Model.Columns;
using Recon.Model.Rates;
using Recon.Model.Rules;

namespace Recon.Matching.Reading;

/// <summary>Readers for the tables of one run; currencies get one code over all of them.</summary>
/// <remarks>Not safe for several threads; the readers it makes are.</remarks>
sealed class ReaderFactory(
    IReadOnlyDictionary<string, BusinessCalendar> calendars, IReadOnlyDictionary<string, RateTable> rates)
{
    readonly Dictionary<Currency, int> _codes = [];
    readonly Dictionary<Column, int[]> _localDays = [];

    public int CodeOf(Currency currency)
    {
        if (!_codes.TryGetValue(currency, out var code))
        {
            code = _codes.Count;
            _codes.Add(currency, code);
        }

        return code;
    }

    /// <summary>The currency behind a code; empty for values without one.</summary>
    public string TextOf(int code) => _codes.FirstOrDefault(each => each.Value == code).Key.Code;

    /// <summary>The digits behind the point that hold every value of the operands.</summary>
    public static int CommonScale(params ReadOnlySpan<(RecordTable Table, Operand Operand)> sides)
    {
        var scale = 0;
        foreach (var (table, operand) in sides)
        {
            foreach (var term in operand.Terms)
            {
                scale = Math.Max(scale, ((ScaledColumn)table.Column(term.Field)).Scale);
            }
        }

        return scale;
    }

    public SideReader Amounts(RecordTable table, Operand operand, int scale) =>
        operand.Terms is [{ Minus: false } only]
            ? Amount((ScaledColumn)table.Column(only.Field), scale)
            : new AmountReader([.. operand.Terms.Select(term =>
                Part((ScaledColumn)table.Column(term.Field), term.Minus, scale))]);

    public SideReader Amount(ScaledColumn column, int scale) => column.IsNarrow && column.Scale == scale
        ? new NarrowReader(column, Codes(column))
        : new AmountReader([Part(column, minus: false, scale)]);

    public SideReader Days(RecordTable table, string field, string? calendar)
    {
        var column = table.Column(field);
        var days = calendar is null ? null : calendars[calendar];
        return column switch
        {
            DateColumn dates when days is null => new DateReader(dates),
            DateColumn dates => new DayReader(dates, dates.DayNumber, days),
            InstantColumn instants => new DayReader(instants, LocalDays(table, instants).ElementAtRow, days),
            _ => throw new InvalidOperationException($"bug: {table.Name}.{field} is no date"),
        };
    }

    public static TickReader Ticks(RecordTable table, string field) =>
        new((InstantColumn)table.Column(field));

    /// <summary>The condition of a tolerance with rates between two operands of money.</summary>
    public RateCondition Rate(AmountTolerance tolerance, RecordTable[] tables, Operand first, Operand second, bool leftIsFirst)
    {
        var rule = tolerance.Fx!;
        var scale = CommonScale((tables[0], first), (tables[1], second));
        var datedSide = tables[0].Name == rule.DateSource ? 0 : 1;
        SideReader[] amounts = [Amounts(tables[0], first, scale), Amounts(tables[1], second, scale)];
        return new RateCondition(
            tolerance, new Conversion(rule, rates.GetValueOrDefault(rule.Rates)), amounts,
            Days(tables[datedSide], rule.DateField, calendar: null), datedSide, scale, leftIsFirst,
            [.. _codes.OrderBy(each => each.Value).Select(each => each.Key)]);
    }

    AmountReader.Part Part(ScaledColumn column, bool minus, int scale) => new(
        column,
        ExactNumber.PowerOfTen(scale - column.Scale),
        minus,
        Codes(column));

    int[]? Codes(ScaledColumn column) => (column as MoneyColumn)?.Currencies.Select(CodeOf).ToArray();

    // A local date costs a search of the zone's rules: made once a column, not once a pass.
    LocalDayColumn LocalDays(RecordTable table, InstantColumn column)
    {
        if (!_localDays.TryGetValue(column, out var days))
        {
            var zone = table.Source.TimeZone;
            days = new int[column.Count];
            for (var row = 0; row < days.Length; row++)
            {
                days[row] = column.IsNull(row) ? 0 : column.Instant(row).DateIn(zone).DayNumber;
            }

            _localDays.Add(column, days);
        }

        return new LocalDayColumn(days);
    }

    sealed class LocalDayColumn(int[] days)
    {
        public int ElementAtRow(int row) => days[row];
    }
}
