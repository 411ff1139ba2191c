// Which days are business days.
namespace Recon.Model;

/// <summary>
/// Weekends and holidays of one calendar, over the years 1970 to 2199; outside them every Monday to Friday is a business
/// day, so that a row dated 9999-12-31 has a place too.
/// </summary>
/// <remarks>Immutable and safe for any number of threads.</remarks>
public sealed class BusinessCalendar
{
    static readonly DateOnly First = new(1970, 1, 1);
    static readonly DateOnly LastExclusive = new(2200, 1, 1);

    // _count[i]: business days d with First <= d <= First + i.
    readonly int[] _count;

    public BusinessCalendar(string name, Func<DateOnly, bool> isBusinessDay)
    {
        Name = name;
        _count = new int[LastExclusive.DayNumber - First.DayNumber];
        var sum = 0;
        for (var i = 0; i < _count.Length; i++)
        {
            sum += isBusinessDay(First.AddDays(i)) ? 1 : 0;
            _count[i] = sum;
        }
    }

    public string Name { get; }

    /// <summary>Number of business days up to and with <paramref name="date"/>, from an arbitrary origin.</summary>
    public int Index(DateOnly date)
    {
        if (date < First)
        {
            return WeekdaysUpTo(date) - WeekdaysUpTo(First.AddDays(-1));
        }

        var offset = date.DayNumber - First.DayNumber;
        return offset < _count.Length ? _count[offset] : _count[^1] + WeekdaysUpTo(date) - WeekdaysUpTo(LastExclusive.AddDays(-1));
    }

    public bool IsBusinessDay(DateOnly date) =>
        date == DateOnly.MinValue ? !IsWeekend(date) : Index(date) > Index(date.AddDays(-1));

    /// <summary>|i(a) − i(b)|: the distance in business days as matching and deadlines mean it.</summary>
    public int Distance(DateOnly a, DateOnly b) => Math.Abs(Index(a) - Index(b));

    /// <summary>
    /// The business day that lies <paramref name="days"/> business days after <paramref name="date"/> (before it,
    /// where negative). With 0: the date itself if it is a business day, else the next one.
    /// </summary>
    public DateOnly Add(DateOnly date, int days)
    {
        var target = Index(date) + days + (days == 0 && !IsBusinessDay(date) ? 1 : 0);
        var (low, high) = (DateOnly.MinValue.DayNumber, DateOnly.MaxValue.DayNumber);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = Index(DateOnly.FromDayNumber(middle)) < target ? (middle + 1, high) : (low, middle);
        }

        return DateOnly.FromDayNumber(low);
    }

    /// <summary>Saturdays, Sundays and the given dates are no business days.</summary>
    public static BusinessCalendar FromHolidays(string name, IEnumerable<DateOnly> holidays)
    {
        var set = holidays.ToHashSet();
        return new BusinessCalendar(name, date => !IsWeekend(date) && !set.Contains(date));
    }

    /// <summary>Every weekday is a business day.</summary>
    public static BusinessCalendar Weekdays { get; } = FromHolidays("weekdays", []);

    /// <summary>
    /// TARGET2 (the Eurosystem's T2 since 2023) by rule: closed on weekends, 1 January, Good Friday, Easter Monday,
    /// 1 May, 25 and 26 December.
    /// </summary>
    public static BusinessCalendar Target2 { get; } = new("TARGET2", date => !IsWeekend(date) && !IsTarget2Holiday(date));

    static bool IsWeekend(DateOnly date) => date.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday;

    static bool IsTarget2Holiday(DateOnly date)
    {
        var easter = EasterSunday(date.Year);
        return (date.Month, date.Day) is (1, 1) or (5, 1) or (12, 25) or (12, 26)
            || date == easter.AddDays(-2) || date == easter.AddDays(1);
    }

    /// <summary>Gregorian Easter by the anonymous algorithm (Meeus, Astronomical Algorithms, chapter 8).</summary>
    public static DateOnly EasterSunday(int year)
    {
        var (a, b, c) = (year % 19, year / 100, year % 100);
        var (d, e) = (b / 4, b % 4);
        var f = (b + 8) / 25;
        var g = (b - f + 1) / 3;
        var h = ((19 * a) + b - d - g + 15) % 30;
        var (i, k) = (c / 4, c % 4);
        var l = (32 + (2 * e) + (2 * i) - h - k) % 7;
        var m = (a + (11 * h) + (22 * l)) / 451;
        var n = h + l - (7 * m) + 114;
        return new DateOnly(year, n / 31, (n % 31) + 1);
    }

    // Mondays to Fridays from 0001-01-01, which is a Monday, up to and with the date.
    static int WeekdaysUpTo(DateOnly date)
    {
        var (weeks, rest) = Math.DivRem(date.DayNumber + 1, 7);
        return (weeks * 5) + Math.Min(rest, 5);
    }
}
