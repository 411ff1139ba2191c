// Until when a class holds, and which class a break has once that day has passed.
using System.Globalization;
using Recon.Model;
using Recon.Model.Acts;
using Recon.Model.Rules;

namespace Recon.Judging.Classifying;

/// <param name="Class">The class in force on the business date.</param>
/// <param name="Due">Last business date on which it holds; null: for ever.</param>
/// <param name="DatedFrom">The date from which the break ages.</param>
/// <param name="Text">Why, for people; null where no deadline had a say.</param>
/// <param name="WasDue">The first deadline that has passed; null where none has.</param>
sealed record Standing(ClassSpec Class, DateOnly? Due, DateOnly DatedFrom, string? Text, DateOnly? WasDue);

/// <summary>
/// A class holds while the business date is not after its due date; then the break has the class that follows, whose own
/// deadline is asked in turn.
/// </summary>
sealed class Deadlines(
    IReadOnlyList<ClassSpec> classes,
    IReadOnlyDictionary<string, BusinessCalendar> calendars,
    DateOnly businessDate,
    RecordDates dates)
{
    // Calendars know 1970 to 2199; the margin leaves room for the days that are added.
    static readonly DateOnly FirstCounted = new(1970, 1, 2);
    static readonly DateOnly LastCounted = new(2190, 12, 31);

    readonly Dictionary<string, ClassSpec> _classes =
        classes.ToDictionary(rule => rule.Id, StringComparer.Ordinal);

    // Many breaks begin on few days, so each deadline is reckoned and told once.
    readonly Dictionary<(int Class, DateOnly? From, DateOnly Born), (DateOnly Due, string Text)> _reckoned =
        [];

    /// <param name="born">Business date on which the break first appeared: where deadlines without a date begin.</param>
    /// <param name="extension">The act by which the deadline of the first class that holds is another one; null where there is none.</param>
    public Standing Of(Subject subject, DateOnly born, Act? extension)
    {
        var rule = subject.Hit;
        var from = FromOf(subject, rule.Until);
        var datedFrom = from ?? dates.EarliestFirst(subject) ?? born;
        string? past = null;
        DateOnly? wasDue = null;
        for (var steps = 0; rule.Until is { } until; steps++)
        {
            Require.That(steps <= _classes.Count);
            var (due, text) = Reckon(rule, until, from, born);
            if (steps == 0 && extension?.Detail.Until is { } extended)
            {
                (due, text) = (extended, $"{Iso(extended)} (extended by {extension.By} on {extension.Day} from {Iso(due)}: {extension.Reason})");
            }

            if (businessDate <= due)
            {
                return new Standing(rule, due, datedFrom, Joined(past, $"{rule.Id} until {text}"), wasDue);
            }

            wasDue ??= due;
            past = Joined(past, $"{rule.Id} was due {text}");
            rule = _classes[until.Then];
            from = FromOf(subject, rule.Until);
        }

        return new Standing(rule, null, datedFrom, past, wasDue);
    }

    static string Joined(string? past, string text) => past is null ? text : $"{past}; {text}";

    (DateOnly Due, string Text) Reckon(ClassSpec rule, DeadlineSpec until, DateOnly? from, DateOnly born)
    {
        if (!_reckoned.TryGetValue((rule.Index, from, born), out var reckoned))
        {
            var due = DueOf(until, from ?? born);
            reckoned = (due, $"{Iso(due)} ({Counted(until, from, born)})");
            _reckoned.Add((rule.Index, from, born), reckoned);
        }

        return reckoned;
    }

    DateOnly? FromOf(Subject subject, DeadlineSpec? until) =>
        until?.From is { } field ? dates.Earliest(subject, field) : null;

    /// <remarks>
    /// A date that no calendar knows (a placeholder such as 9999-12-31) is counted in calendar days, so that one row
    /// cannot stop a run.
    /// </remarks>
    DateOnly DueOf(DeadlineSpec until, DateOnly from)
    {
        if (until.Calendar is { } calendar && from >= FirstCounted && from <= LastCounted)
        {
            return calendars[calendar].Add(from, until.Days);
        }

        var dayNumber = (long)from.DayNumber + until.Days;
        return DateOnly.FromDayNumber((int)Math.Clamp(dayNumber, 0, DateOnly.MaxValue.DayNumber));
    }

    static string Counted(DeadlineSpec until, DateOnly? from, DateOnly born)
    {
        var days = until.Days == 1 ? "day" : "days";
        var unit = until.Calendar is null ? days : $"business {days} {until.Calendar}";
        var start = (until.From, from) switch
        {
            (null, _) => $"it first appeared {Iso(born)}",
            (var field, null) => $"it first appeared {Iso(born)}, {field} being NULL",
            (var field, { } date) => $"{field} {Iso(date)}",
        };
        return string.Create(CultureInfo.InvariantCulture, $"{until.Days} {unit} after {start}");
    }

    static string Iso(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
