// How values stand in the columns of a store.
using System.Globalization;
using System.Security.Cryptography;

namespace Recon.Store;

static class StoreText
{
    public const string DateFormat = "yyyy-MM-dd";

    /// <summary>UTC to 100 ns, of one width, so that text order is time order.</summary>
    public const string MomentFormat = "yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'";

    public static string Of(DateOnly date) => date.ToString(DateFormat, CultureInfo.InvariantCulture);

    /// <summary>To the millisecond: more is kept by no server.</summary>
    public static string Of(DateTimeOffset moment) => Moment(moment).ToString(MomentFormat, CultureInfo.InvariantCulture);

    /// <summary>UTC, to the millisecond.</summary>
    public static DateTime Moment(DateTimeOffset moment) =>
        moment.UtcDateTime.AddTicks(-(moment.UtcTicks % TimeSpan.TicksPerMillisecond));

    /// <summary>The UTC moment of a text of <see cref="MomentFormat"/>.</summary>
    public static DateTime MomentOf(string text) => DateTime.ParseExact(
        text, MomentFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);

    /// <summary>SHA-256 in lower-case hex.</summary>
    public static string Sha256(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
