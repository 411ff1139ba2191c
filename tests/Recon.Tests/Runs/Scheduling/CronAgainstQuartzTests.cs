// Our reading of cron expressions against Quartz's: in UTC, where clocks are never changed, both must fire alike.
using CsCheck;
using Recon.Model;
using Recon.Model.Scheduling;
using Xunit;

namespace Recon.Tests.Runs.Scheduling;

public sealed class CronAgainstQuartzTests
{
    static readonly Instant Begin = Instant.From(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));

    static readonly string[] Forms =
        ["* * ?", "? * *", "L * ?", "LW * ?", "L-3 * ?", "? * L", "? * FRI#2", "? * 2L", "? * MON-FRI", "? * FRI-MON", "1-10/3 * ?", "*/5 * ?"];

    static readonly Gen<string> Days = Gen.OneOf(
        Gen.Int[0, Forms.Length - 1].Select(form => Forms[form]),
        Gen.Int[1, 31].Select(day => $"{day}W * ?"),
        Gen.Int[1, 31].Select(day => $"{day} JAN,MAR-JUN,11 ?"),
        Gen.Select(Gen.Int[1, 7], Gen.Int[1, 5], (day, nth) => $"? */2 {day}#{nth}"),
        Gen.Select(Gen.Int[1, 28], Gen.Int[1, 28], (from, step) => $"{from}/{step} * ?"));

    static readonly Gen<string> Times =
        Gen.Select(Gen.Int[0, 59], Gen.Int[0, 59], Gen.Int[0, 23], (second, minute, hour) => $"{second} {minute},0/20 {hour},{hour / 2}-{hour}");

    [Fact]
    public void An_expression_fires_when_Quartz_says_so() =>
        Gen.Select(Times, Days, (times, days) => $"{times} {days}").Sample(
            text =>
            {
                var ours = CronExpression.Parse(text, out var fault);
                Assert.Equal("", fault);
                var quartz = Quartz.CronExpression.Parse(ours!.Text).WithTimeZone(TimeZoneInfo.Utc);
                var expected = new List<Instant>();
                for (var at = quartz.GetNextValidTimeAfter(Begin.ToDateTimeOffset()); expected.Count < 60; at = quartz.GetNextValidTimeAfter(at.Value))
                {
                    expected.Add(Instant.From(at!.Value));
                }

                Assert.Equal(expected, LocalClock.Between(ours, TimeZoneInfo.Utc, Begin, expected[^1]));
            },
            iter: 500);
}
