// Which business date a run is for, where nobody names one.
using Recon.Model;
using Recon.Model.Rules;

namespace Recon.Runs;

public static class BusinessDates
{
    /// <summary>
    /// The local day of <paramref name="now"/> in the rule's zone (from the cut-off on: the next day), moved by the rule's
    /// days: business days where it names a calendar, else calendar days.
    /// </summary>
    public static DateOnly At(BusinessDateSpec rule, DateTimeOffset now, IReadOnlyDictionary<string, BusinessCalendar> calendars)
    {
        var local = TimeZoneInfo.ConvertTime(now, TimeZoneInfo.FindSystemTimeZoneById(rule.Zone));
        var day = DateOnly.FromDateTime(local.DateTime);
        if (rule.CutOff is TimeOnly cutOff && TimeOnly.FromDateTime(local.DateTime) >= cutOff)
        {
            day = day.AddDays(1);
        }

        return rule.Calendar is string name ? calendars[name].Add(day, rule.Days) : day.AddDays(rule.Days);
    }
}
