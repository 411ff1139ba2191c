// One field of a cron expression that is a set of numbers: lists, ranges and steps.
using System.Globalization;

namespace Recon.Model.Scheduling;

/// <summary>The numbers that a field names.</summary>
/// <param name="What">As a message calls it: <c>hours</c>.</param>
/// <param name="Names">Words for numbers, the first for <paramref name="Least"/>; empty where there are none.</param>
sealed record CronField(string What, int Least, int Most, params string[] Names)
{
    public static readonly CronField Seconds = new("seconds", 0, 59);
    public static readonly CronField Minutes = new("minutes", 0, 59);
    public static readonly CronField Hours = new("hours", 0, 23);
    public static readonly CronField DaysOfMonth = new("days of the month", 1, 31);
    public static readonly CronField Years = new("years", 1970, 2099);

    public static readonly CronField Months = new(
        "months", 1, 12, "JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC");

    /// <summary>1 is Sunday, as Quartz counts.</summary>
    public static readonly CronField DaysOfWeek = new("days of the week", 1, 7, "SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT");

    /// <returns>The numbers in their order; null with what is wrong.</returns>
    public IReadOnlyList<int>? Parse(string text, out string fault)
    {
        var numbers = new SortedSet<int>();
        foreach (var part in text.Split(','))
        {
            if (!TryAdd(part, numbers))
            {
                fault = $"'{part}' is no part of {What} ({Least} to {Most})";
                return null;
            }
        }

        fault = "";
        return [.. numbers];
    }

    bool TryAdd(string part, SortedSet<int> numbers)
    {
        var halves = part.Split('/');
        var step = 1;
        if (halves.Length > 2 || (halves.Length == 2 && !(TryDigits(halves[1], out step) && step >= 1 && step <= Most)))
        {
            return false;
        }

        if (!TryRange(halves[0], hasStep: halves.Length == 2, out var first, out var last))
        {
            return false;
        }

        // FRI-MON goes over the end of the week.
        var span = first <= last ? last - first : last + Most - Least + 1 - first;
        for (var i = 0; i <= span; i += step)
        {
            numbers.Add(Least + ((first - Least + i) % (Most - Least + 1)));
        }

        return true;
    }

    bool TryRange(string text, bool hasStep, out int first, out int last)
    {
        (first, last) = (Least, Most);
        if (text == "*")
        {
            return true;
        }

        var ends = text.Split('-');
        if (ends.Length > 2 || !TryNumber(ends[0], out first))
        {
            return false;
        }

        last = hasStep ? Most : first;
        return ends.Length == 1 || (TryNumber(ends[1], out last) && (first <= last || Names.Length > 0));
    }

    /// <summary>A number or a word of the field.</summary>
    public bool TryNumber(string text, out int number)
    {
        var word = Array.IndexOf(Names, text.ToUpperInvariant());
        number = word + Least;
        return word >= 0 || (TryDigits(text, out number) && number >= Least && number <= Most);
    }

    static bool TryDigits(string text, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
