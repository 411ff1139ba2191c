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

    public static string Of(DateTimeOffset moment) =>
        moment.UtcDateTime.ToString(MomentFormat, CultureInfo.InvariantCulture);

    /// <summary>SHA-256 in lower-case hex.</summary>
    public static string Sha256(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
