// Believed values as evidence writes them: an amount with its currency, or a day.
using System.Globalization;
using System.Text;
using Recon.Model;

namespace Recon.Store.Evidence;

static class BelievedText
{
    /// <summary><c>10.02 EUR</c>; no currency where nothing stands behind the blank.</summary>
    public static bool TryMoney(ReadOnlySpan<byte> utf8, out ExactNumber number, out ReadOnlySpan<byte> currency)
    {
        var blank = utf8.IndexOf((byte)' ');
        currency = blank < 0 ? default : utf8[(blank + 1)..];
        number = default;
        return blank > 0 && IsCode(currency) && ExactNumber.TryParse(utf8[..blank], out number);
    }

    // As Currency has them; asked a million times over.
    static bool IsCode(ReadOnlySpan<byte> code)
    {
        foreach (var letter in code)
        {
            if (!char.IsAsciiLetterUpper((char)letter) && !char.IsAsciiDigit((char)letter))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary><c>2026-03-02</c>.</summary>
    public static bool TryDate(ReadOnlySpan<byte> utf8, out DateOnly date)
    {
        Span<char> letters = stackalloc char[10];
        date = default;
        return utf8.Length == letters.Length && Ascii.ToUtf16(utf8, letters, out _) == System.Buffers.OperationStatus.Done
            && DateOnly.TryParseExact(letters, StoreText.DateFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out date);
    }
}
