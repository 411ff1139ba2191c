// A moment on the time line, independent of any zone.
using System.Globalization;

namespace Recon.Model;

/// <summary>A moment in UTC, to 100 ns.</summary>
/// <remarks>Equality and order are by moment. <see cref="UtcTicks"/> counts 100 ns since 0001-01-01T00:00Z.</remarks>
public readonly record struct Instant(long UtcTicks) : IComparable<Instant>
{
    public static Instant From(DateTimeOffset moment) => new(moment.UtcTicks);

    public DateTimeOffset ToDateTimeOffset() => new(UtcTicks, TimeSpan.Zero);

    /// <summary>The local date of this moment in <paramref name="zone"/>.</summary>
    public DateOnly DateIn(TimeZoneInfo zone) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(ToDateTimeOffset(), zone).DateTime);

    public static TimeSpan operator -(Instant left, Instant right) => new(left.UtcTicks - right.UtcTicks);

    public static bool operator <(Instant left, Instant right) => left.UtcTicks < right.UtcTicks;

    public static bool operator >(Instant left, Instant right) => left.UtcTicks > right.UtcTicks;

    public static bool operator <=(Instant left, Instant right) => left.UtcTicks <= right.UtcTicks;

    public static bool operator >=(Instant left, Instant right) => left.UtcTicks >= right.UtcTicks;

    public int CompareTo(Instant other) => UtcTicks.CompareTo(other.UtcTicks);

    /// <summary>ISO 8601 in UTC, fractions only where there are any: <c>2026-02-27T10:00:05Z</c>.</summary>
    public override string ToString() =>
        ToDateTimeOffset().ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);
}
