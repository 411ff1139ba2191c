// The slow oracle of cron in a zone: looks at a wall clock every minute, as a person would who was told the rule.
using System.Globalization;
using Recon.Model;

namespace Recon.Tests.Runs.Scheduling;

/// <summary>A schedule as sets of numbers.</summary>
/// <param name="Days">Days of the month; empty for all.</param>
/// <param name="Weekdays">Days of the week from 1, Sunday; empty for all. One of the two is empty.</param>
sealed record PlainCron(IReadOnlyList<int> Minutes, IReadOnlyList<int> Hours, IReadOnlyList<int> Days, IReadOnlyList<int> Weekdays)
{
    public override string ToString() =>
        $"0 {Text(Minutes)} {(Hours.Count == 24 ? "*" : Text(Hours))} {(Weekdays.Count > 0 ? "?" : Days.Count > 0 ? Text(Days) : "*")} * "
        + (Weekdays.Count > 0 ? Text(Weekdays) : "?");

    public List<Instant> Between(TimeZoneInfo zone, DateTimeOffset after, DateTimeOffset until)
    {
        var due = new List<Instant>();
        for (var minute = after.AddMinutes(1); minute <= until; minute = minute.AddMinutes(1))
        {
            var now = TimeZoneInfo.ConvertTime(minute, zone);
            var before = TimeZoneInfo.ConvertTime(minute.AddMinutes(-1), zone);
            if (IsDue(now, before, zone))
            {
                due.Add(Instant.From(minute));
            }
        }

        return due;
    }

    // The clock shows the time now for the second time: an hour that the rule names is over, an hour that goes on is not.
    bool IsDue(DateTimeOffset now, DateTimeOffset before, TimeZoneInfo zone)
    {
        var isSecondTime = zone.IsAmbiguousTime(now) && zone.GetAmbiguousTimeOffsets(now.DateTime).Max() > now.Offset;
        if (Names(now.DateTime) && (!isSecondTime || Hours.Count == 24))
        {
            return true;
        }

        for (var skipped = before.DateTime.AddMinutes(1); skipped < now.DateTime; skipped = skipped.AddMinutes(1))
        {
            if (Names(skipped))
            {
                return true;
            }
        }

        return false;
    }

    bool Names(DateTime local) => Minutes.Contains(local.Minute) && Hours.Contains(local.Hour)
        && (Days.Count == 0 || Days.Contains(local.Day)) && (Weekdays.Count == 0 || Weekdays.Contains((int)local.DayOfWeek + 1));

    static string Text(IEnumerable<int> numbers) => string.Join(',', numbers.Select(number => number.ToString(CultureInfo.InvariantCulture)));
}
