// The buckets in which people read age.
namespace Recon.Judging.Weighing;

static class AgeBucket
{
    public static IReadOnlyList<string> Names { get; } = ["0-1", "2-7", "8-30", "31-90", "91+"];

    /// <summary>Index into <see cref="Names"/> by calendar days; a date that lies ahead is in the first bucket.</summary>
    public static int Of(DateOnly datedFrom, DateOnly businessDate) =>
        (businessDate.DayNumber - datedFrom.DayNumber) switch
        {
            <= 1 => 0,
            <= 7 => 1,
            <= 30 => 2,
            <= 90 => 3,
            _ => 4,
        };
}
