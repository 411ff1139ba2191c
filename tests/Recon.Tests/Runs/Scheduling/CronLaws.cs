// The laws of cron: in every zone, over every change of clocks, what fires is what a wall clock would have shown.
using CsCheck;
using Recon.Model;
using Recon.Model.Scheduling;
using Xunit;

namespace Recon.Tests.Runs.Scheduling;

public sealed class CronLaws
{
    /// <summary>Clocks are changed within two days of these: both ways, by an hour, by half an hour, at midnight, by a whole day.</summary>
    static readonly (string Zone, DateTimeOffset Change)[] Changes =
    [
        ("Europe/Berlin", Utc(2026, 3, 29)), ("Europe/Berlin", Utc(2026, 10, 25)), ("Europe/Brussels", Utc(2028, 3, 26)),
        ("America/New_York", Utc(2026, 3, 8)), ("America/New_York", Utc(2026, 11, 1)), ("Australia/Lord_Howe", Utc(2026, 4, 5)),
        ("Australia/Lord_Howe", Utc(2026, 10, 4)), ("America/Sao_Paulo", Utc(2018, 11, 4)), ("America/Sao_Paulo", Utc(2018, 2, 18)),
        ("Pacific/Apia", Utc(2011, 12, 30)), ("Asia/Kolkata", Utc(2026, 1, 1)), ("UTC", Utc(2028, 2, 29)),
    ];

    static readonly Gen<PlainCron> Crons =
        from minutes in Some(0, 59, 3)
        from hours in Gen.Frequency((3, Some(0, 23, 4)), (1, Gen.Const<IReadOnlyList<int>>([.. Enumerable.Range(0, 24)])))
        from kind in Gen.Int[0, 2]
        from days in Some(1, 31, 8)
        from weekdays in Some(1, 7, 3)
        select new PlainCron(minutes, hours, kind == 1 ? days : [], kind == 2 ? weekdays : []);

    [Fact]
    public void What_fires_is_what_a_wall_clock_shows() =>
        Gen.Select(Crons, Gen.Int[0, Changes.Length - 1], Gen.Int[0, 2000]).Sample((cron, which, minutes) =>
        {
            var (name, change) = Changes[which];
            var zone = TimeZoneInfo.FindSystemTimeZoneById(name);
            var (after, until) = (change.AddMinutes(-minutes), change.AddDays(2));
            var parsed = CronExpression.Parse(cron.ToString(), out var fault);
            Assert.Equal("", fault);
            Assert.Equal(
                cron.Between(zone, after, until),
                LocalClock.Between(parsed!, zone, Instant.From(after), Instant.From(until)));
        }, iter: 400);

    [Fact]
    public void One_look_and_many_looks_find_the_same() =>
        Gen.Select(Crons, Gen.Int[0, Changes.Length - 1], Gen.Int[1, 300]).Sample((cron, which, pause) =>
        {
            var (name, change) = Changes[which];
            var zone = TimeZoneInfo.FindSystemTimeZoneById(name);
            var (parsed, first, last) = (CronExpression.Parse(cron.ToString(), out _)!, change.AddDays(-1), change.AddDays(1));
            var many = new List<Instant>();
            for (var from = first; from < last; from = from.AddMinutes(pause))
            {
                var until = from.AddMinutes(pause) < last ? from.AddMinutes(pause) : last;
                many.AddRange(LocalClock.Between(parsed, zone, Instant.From(from), Instant.From(until)));
            }

            Assert.Equal(LocalClock.Between(parsed, zone, Instant.From(first), Instant.From(last)), many);
        }, iter: 300);

    static Gen<IReadOnlyList<int>> Some(int least, int most, int count) =>
        Gen.Int[least, most].Array[1, count].Select(numbers => (IReadOnlyList<int>)[.. numbers.Distinct().Order()]);

    static DateTimeOffset Utc(int year, int month, int day) => new(year, month, day, 0, 0, 0, TimeSpan.Zero);
}
