// Business days: weekends, the holidays of TARGET2, counting and the years outside the table.
using System.Globalization;
using CsCheck;
using Recon.Model;
using Xunit;

namespace Recon.Tests.Model;

public sealed class BusinessCalendarTests
{
    [Theory]
    [InlineData("2026-01-01", false)]
    [InlineData("2026-04-03", false)]
    [InlineData("2026-04-06", false)]
    [InlineData("2026-04-07", true)]
    [InlineData("2026-05-01", false)]
    [InlineData("2024-05-09", true)]
    [InlineData("2025-12-25", false)]
    [InlineData("2025-12-26", false)]
    [InlineData("2025-12-31", true)]
    [InlineData("2026-02-28", false)]
    [InlineData("9999-12-31", true)]
    [InlineData("0001-01-01", true)]
    public void Target2_is_open_or_closed(string day, bool open) =>
        Assert.Equal(open, BusinessCalendar.Target2.IsBusinessDay(Day(day)));

    [Theory]
    [InlineData("2026-02-25", 3, "2026-03-02")]
    [InlineData("2026-04-02", 1, "2026-04-07")]
    [InlineData("2026-02-28", 0, "2026-03-02")]
    [InlineData("2026-03-02", -1, "2026-02-27")]
    [InlineData("2024-02-28", 1, "2024-02-29")]
    public void Days_are_added_over_weekends_and_holidays(string day, int days, string expected) =>
        Assert.Equal(Day(expected), BusinessCalendar.Target2.Add(Day(day), days));

    [Fact]
    public void Adding_agrees_with_counting_day_by_day() =>
        Gen.Select(Gen.Int[690_000, 800_000], Gen.Int[1, 30]).Sample((number, days) =>
        {
            var day = DateOnly.FromDayNumber(number);
            var expected = day;
            for (var left = days; left > 0;)
            {
                expected = expected.AddDays(1);
                left -= BusinessCalendar.Target2.IsBusinessDay(expected) ? 1 : 0;
            }

            return BusinessCalendar.Target2.Add(day, days) == expected
                && BusinessCalendar.Target2.Distance(day, expected) == days;
        });

    static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
