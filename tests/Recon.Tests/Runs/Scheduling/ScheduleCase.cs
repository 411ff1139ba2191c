// Reads and plays the cases of schedules: what a service that looks at certain hours finds due.
using System.Globalization;
using System.Text;
using Recon.Model;
using Recon.Model.Rules;
using Recon.Packs;
using Recon.Runs.Scheduling;
using Recon.Tests.Packs;
using Xunit;

namespace Recon.Tests.Runs.Scheduling;

/// <summary>
/// A case is the section <c>run</c> of a pack, a line <c>---</c>, and the hours in virtual time: <c>since AT</c> (the pack is known
/// from then on), <c>watch UNTIL every 10m</c> (the service is up and looks), <c>look AT</c> (it was down since the last look).
/// <c>holidays DATE…</c> are those of the calendar BANK-NL. Times are UTC.
/// </summary>
sealed class ScheduleCase
{
    const string Rest = """

        sources:
          a: { role: books, read: { csv: a.csv }, id: id, fields: { id: text } }
          b: { role: external, read: { csv: b.csv }, id: id, fields: { id: text } }
        passes: [ { id: same, join: a 1:1 b, key: id } ]
        classify: [ { id: rest, status: settled, otherwise: true } ]
        """;

    readonly StringBuilder _found = new();
    readonly HashSet<DateOnly> _dates = [];
    readonly Dictionary<string, BusinessCalendar> _calendars = new(StringComparer.Ordinal)
    {
        ["TARGET2"] = BusinessCalendar.Target2,
        ["weekdays"] = BusinessCalendar.Weekdays,
    };

    readonly ScheduleSpec _schedule;
    readonly BusinessDateSpec? _rule;
    Instant _lookedUntil;
    int _due;

    ScheduleCase(string run)
    {
        var text = $"recon: 1\npack: {{ id: demo, version: 1.0.0 }}\n{run}{Rest}";
        var load = PackLoader.Load(
            new PackText("case.yaml", Encoding.UTF8.GetBytes(text)), null, PackOptions.Default with { Calendars = ["BANK-NL"] });
        Assert.Equal("", PackCase.Rendered(load));
        (_schedule, _rule) = (load.Pack!.Schedule!, load.Pack.BusinessDate);
    }

    public static string Play(string path)
    {
        var parts = File.ReadAllText(path).ReplaceLineEndings("\n").Split("\n---\n");
        var played = new ScheduleCase(parts[0]);
        foreach (var line in parts[1].Split('\n').Select(line => line.Split('#')[0]))
        {
            played.Step(line.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        }

        played._found.Append(CultureInfo.InvariantCulture, $"{played._due} runs of {played._dates.Count} business dates\n");
        return played._found.ToString();
    }

    void Step(string[] words)
    {
        switch (words)
        {
            case []:
                break;
            case ["holidays", .. var dates]:
                _calendars["BANK-NL"] = BusinessCalendar.FromHolidays(
                    "BANK-NL", dates.Select(date => DateOnly.ParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture)));
                break;
            case ["since", var at]:
                _lookedUntil = At(at);
                break;
            case ["look", var at]:
                _found.Append(CultureInfo.InvariantCulture, $"look {at}\n");
                Look(At(at));
                break;
            case ["watch", var until, "every", var pause]:
                var step = TimeSpan.FromMinutes(int.Parse(pause.TrimEnd('m'), CultureInfo.InvariantCulture));
                var (last, next) = (At(until), _lookedUntil);
                while (next < last)
                {
                    next = new Instant(Math.Min(next.UtcTicks + step.Ticks, last.UtcTicks));
                    Look(next);
                }

                break;
            default:
                Assert.Fail($"not understood: {string.Join(' ', words)}");
                break;
        }
    }

    void Look(Instant now)
    {
        foreach (var found in Lookout.Look(_schedule, new Slots(_schedule, _rule, _calendars), _lookedUntil, now))
        {
            var local = TimeZoneInfo.ConvertTime(found.Slot.At.ToDateTimeOffset(), _schedule.TimeZone);
            _found.Append(CultureInfo.InvariantCulture,
                $"{(found.IsSkipped ? "skipped" : "due"),-8}{found.Slot.BusinessDate:yyyy-MM-dd}  slot {found.Slot.At}  {local:ddd HH:mm:ss zzz}\n");
            _due += found.IsSkipped ? 0 : 1;
            _dates.Add(found.Slot.BusinessDate);
        }

        _lookedUntil = now;
    }

    static Instant At(string text) => Instant.From(DateTimeOffset.ParseExact(
        text, "yyyy-MM-dd'T'HH:mm'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal));
}
