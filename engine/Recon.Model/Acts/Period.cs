// The days for which books are signed off.
using System.Globalization;

namespace Recon.Model.Acts;

/// <summary>Business dates from the first to the last, both of them in it.</summary>
public readonly record struct Period(DateOnly From, DateOnly To)
{
    /// <summary>What people may write.</summary>
    public const string Forms = "2026-03-02..2026-03-06, 2026-03-02, 2026-03, 2026-Q1 or 2026";

    const string Day = "yyyy-MM-dd";

    /// <summary>Null where the text is none of <see cref="Forms"/>, or ends before it begins.</summary>
    public static Period? Parse(string text)
    {
        if (text.Split("..") is [var first, var last])
        {
            return DayOf(first) is { } from && DayOf(last) is { } to && from <= to ? new Period(from, to) : null;
        }

        return DayOf(text) is { } day ? new Period(day, day)
            : DateOnly.TryParseExact(text, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out var month) ? Months(month, 1)
            : DateOnly.TryParseExact(text, "yyyy", CultureInfo.InvariantCulture, DateTimeStyles.None, out var year) ? Months(year, 12)
            : text.Split("-Q") is [var of, [>= '1' and <= '4' and var quarter]]
                && DateOnly.TryParseExact(of, "yyyy", CultureInfo.InvariantCulture, DateTimeStyles.None, out year)
                    ? Months(year.AddMonths(3 * (quarter - '1')), 3)
            : null;
    }

    public bool Has(DateOnly date) => From <= date && date <= To;

    /// <summary><c>2026-03-02..2026-03-06</c>: of one period always the same.</summary>
    public override string ToString() =>
        $"{From.ToString(Day, CultureInfo.InvariantCulture)}..{To.ToString(Day, CultureInfo.InvariantCulture)}";

    static Period Months(DateOnly from, int months) => new(from, from.AddMonths(months - 1).AddDays(DateTime.DaysInMonth(
        from.AddMonths(months - 1).Year, from.AddMonths(months - 1).Month) - 1));

    static DateOnly? DayOf(string text) =>
        DateOnly.TryParseExact(text, Day, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
}
