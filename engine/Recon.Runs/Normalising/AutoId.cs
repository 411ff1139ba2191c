// The form of an automatic id.
using System.Buffers.Text;
using System.Globalization;
using Recon.Model;

namespace Recon.Runs.Normalising;

/// <summary>The first 16 hex digits of a hash, <c>-</c>, and a number from 1.</summary>
static class AutoId
{
    internal const int LongestUtf8 = HexDigits + 1 + 10;

    const int HexDigits = 16;

    /// <summary>The occurrence in an id of this form that stands for this hash; null in any other.</summary>
    internal static int? NumberIn(string id, UInt128 hash) =>
        DigitsOf(id) == (ulong)(hash >> 64)
        && int.TryParse(id.AsSpan(HexDigits + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;

    /// <summary>The digits of the hash in an id that may be of this form; null in any other.</summary>
    internal static ulong? DigitsOf(string id) =>
        id.Length > HexDigits + 1 && id[HexDigits] == '-'
        && ulong.TryParse(id.AsSpan(0, HexDigits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var high)
            ? high
            : null;

    /// <summary>How many bytes were written.</summary>
    /// <param name="id">At least <see cref="LongestUtf8"/> bytes.</param>
    internal static int Write(UInt128 hash, int number, Span<byte> id)
    {
        Require.That(((ulong)(hash >> 64)).TryFormat(id, out var hexDigits, "x16", CultureInfo.InvariantCulture));
        id[hexDigits] = (byte)'-';
        Require.That(Utf8Formatter.TryFormat(number, id[(hexDigits + 1)..], out var digits));
        return hexDigits + 1 + digits;
    }
}
