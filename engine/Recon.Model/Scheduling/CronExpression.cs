// A cron expression in Quartz's form: at which local times something is due.
namespace Recon.Model.Scheduling;

/// <summary>
/// Seconds, minutes, hours, days of the month, months, days of the week and, where wanted, years. One of the two day fields is
/// <c>?</c>. Days of the week count from 1, Sunday, or have names; <c>L</c>, <c>W</c> and <c>#</c> as in Quartz.
/// </summary>
/// <remarks>Immutable. It knows no zone: <see cref="LocalClock"/> makes instants of local times.</remarks>
public sealed class CronExpression
{
    // The years that a field may name.
    static readonly (DateOnly First, DateOnly LastExclusive) Calendar = (new(1970, 1, 1), new(2100, 1, 1));

    readonly CronDays _days;
    readonly IReadOnlyList<int> _months;
    readonly IReadOnlyList<int>? _years;

    CronExpression(string text, IReadOnlyList<int>[] times, CronDays days, IReadOnlyList<int> months, IReadOnlyList<int>? years)
    {
        Text = text;
        (_days, _months, _years) = (days, months, years);
        FiresInEveryHour = times[2].Count == 24;
        Times = [.. times[2].SelectMany(hour => times[1].SelectMany(minute => times[0].Select(second => new TimeOnly(hour, minute, second))))];
    }

    /// <summary>As written, with single blanks between the fields and <c>?</c> in the day field that says nothing.</summary>
    public string Text { get; }

    /// <summary>The local times of a day on which it fires, ascending; at least one.</summary>
    public IReadOnlyList<TimeOnly> Times { get; }

    /// <summary>True where no hour is named: such an expression means elapsed time rather than an hour of the day.</summary>
    public bool FiresInEveryHour { get; }

    /// <summary>True where it fires on that local date.</summary>
    public bool FiresOn(DateOnly date) =>
        _months.Contains(date.Month) && (_years is null || _years.Contains(date.Year)) && _days.Has(date);

    /// <param name="fault">What is wrong; empty where nothing is.</param>
    public static CronExpression? Parse(string text, out string fault)
    {
        var fields = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (fields.Length is not (6 or 7))
        {
            fault = fields.Length == 5
                ? "five fields; the seconds come first: 0 30 6 ? * MON-FRI"
                : $"{fields.Length} fields; there are six or seven: seconds, minutes, hours, day, month, day of the week, year";
            return null;
        }

        if (CronField.Seconds.Parse(fields[0], out fault) is not { } seconds || CronField.Minutes.Parse(fields[1], out fault) is not { } minutes
            || CronField.Hours.Parse(fields[2], out fault) is not { } hours || CronField.Months.Parse(fields[4], out fault) is not { } months
            || CronDays.Parse(fields[3], fields[5], out fault) is not { } days)
        {
            return null;
        }

        IReadOnlyList<int>? years = null;
        if (fields.Length == 7 && fields[6] != "*" && (years = CronField.Years.Parse(fields[6], out fault)) is null)
        {
            return null;
        }

        if (fields[5] == "*" && fields[3] != "?")
        {
            fields[5] = "?";
        }
        else if (fields[3] == "*" && fields[5] != "?")
        {
            fields[3] = "?";
        }

        var cron = new CronExpression(string.Join(' ', fields), [seconds, minutes, hours], days, months, years);
        fault = cron.EverFires() ? "" : "no date is like that";
        return fault.Length == 0 ? cron : null;
    }

    bool EverFires()
    {
        for (var date = Calendar.First; date < Calendar.LastExclusive; date = date.AddDays(1))
        {
            if (FiresOn(date))
            {
                return true;
            }
        }

        return false;
    }

    public override string ToString() => Text;
}
