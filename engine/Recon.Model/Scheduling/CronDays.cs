// The day fields of a cron expression: which dates it means.
namespace Recon.Model.Scheduling;

/// <summary>One of the two day fields; the other is <c>?</c>.</summary>
abstract record CronDays
{
    public abstract bool Has(DateOnly date);

    sealed record EveryDay : CronDays
    {
        public override bool Has(DateOnly date) => true;
    }

    sealed record OfMonth(IReadOnlyList<int> Days) : CronDays
    {
        public override bool Has(DateOnly date) => Days.Contains(date.Day);
    }

    /// <summary><c>L</c>, <c>L-3</c>: counted from the end of the month.</summary>
    sealed record FromEnd(int DaysBefore) : CronDays
    {
        public override bool Has(DateOnly date) => date.Day == LastOf(date) - DaysBefore;
    }

    /// <summary>
    /// <c>15W</c>, <c>LW</c>: the Monday to Friday nearest to that day, within its month. In a month that ends before the day it is
    /// the last, as Quartz has it.
    /// </summary>
    sealed record NearestWeekday(int? Day) : CronDays
    {
        public override bool Has(DateOnly date)
        {
            var last = LastOf(date);
            var day = Math.Min(Day ?? last, last);
            var wanted = new DateOnly(date.Year, date.Month, day);
            return date == wanted.DayOfWeek switch
            {
                DayOfWeek.Saturday => wanted.AddDays(day == 1 ? 2 : -1),
                DayOfWeek.Sunday => wanted.AddDays(day == last ? -2 : 1),
                _ => wanted,
            };
        }
    }

    sealed record OfWeek(IReadOnlyList<int> Days) : CronDays
    {
        public override bool Has(DateOnly date) => Days.Contains(NumberOf(date));
    }

    /// <summary><c>FRI#2</c>: the second Friday of the month.</summary>
    sealed record NthOfWeek(int Day, int Nth) : CronDays
    {
        public override bool Has(DateOnly date) => NumberOf(date) == Day && (date.Day - 1) / 7 == Nth - 1;
    }

    /// <summary><c>FRIL</c>: the last Friday of the month.</summary>
    sealed record LastOfWeek(int Day) : CronDays
    {
        public override bool Has(DateOnly date) => NumberOf(date) == Day && date.Day > LastOf(date) - 7;
    }

    /// <summary>The two fields as one; null with what is wrong.</summary>
    public static CronDays? Parse(string ofMonth, string ofWeek, out string fault)
    {
        fault = "";
        switch (ofMonth, ofWeek)
        {
            case ("?", "?"):
                fault = "one of the two day fields must name days; '?' stands in the other";
                return null;
            case (_, "?") or (_, "*"):
                return ParseOfMonth(ofMonth, out fault);
            case ("?", _) or ("*", _):
                return ParseOfWeek(ofWeek, out fault);
            default:
                fault = "one of the two day fields must be '?': which days are meant where both name some?";
                return null;
        }
    }

    static CronDays? ParseOfMonth(string text, out string fault)
    {
        fault = "";
        var upper = text.ToUpperInvariant();
        var field = CronField.DaysOfMonth;
        switch (upper)
        {
            case "*" or "?":
                return new EveryDay();
            case "L":
                return new FromEnd(0);
            case "LW":
                return new NearestWeekday(null);
            case ['L', '-', .. var before] when field.TryNumber(before, out var days) && days <= 30:
                return new FromEnd(days);
            case [.. var number, 'W'] when field.TryNumber(number, out var day):
                return new NearestWeekday(day);
            default:
                return field.Parse(text, out fault) is { } numbers ? new OfMonth(numbers) : null;
        }
    }

    static CronDays? ParseOfWeek(string text, out string fault)
    {
        fault = "";
        var field = CronField.DaysOfWeek;
        switch (text.ToUpperInvariant())
        {
            case "L":
                return new OfWeek([7]);
            case [.. var name, 'L'] when field.TryNumber(name, out var day):
                return new LastOfWeek(day);
            case [.. var name, '#', >= '1' and <= '5' and var nth] when field.TryNumber(name, out var day):
                return new NthOfWeek(day, nth - '0');
            default:
                return field.Parse(text, out fault) is { } numbers ? new OfWeek(numbers) : null;
        }
    }

    static int NumberOf(DateOnly date) => (int)date.DayOfWeek + 1;

    static int LastOf(DateOnly date) => DateTime.DaysInMonth(date.Year, date.Month);
}
