// A currency or token, by its code.
using System.Text;

namespace Recon.Model;

/// <summary>A currency code: 3 to 12 capital letters or digits, a letter first (ISO 4217, or a token such as USDT).</summary>
/// <remarks>Equality and order are ordinal by code. The default value has an empty code and stands for no currency.</remarks>
public readonly record struct Currency : IComparable<Currency>
{
    readonly string? _code;

    Currency(string code) => _code = code;

    public string Code => _code ?? "";

    /// <exception cref="FormatException">The text is no currency code.</exception>
    public static Currency Of(string code) =>
        TryParse(code, out var currency) ? currency : throw new FormatException($"'{code}' is no currency code");

    public static bool TryParse(string text, out Currency currency)
    {
        var valid = text.Length is >= 3 and <= 12 && char.IsAsciiLetterUpper(text[0])
            && text.All(c => char.IsAsciiLetterUpper(c) || char.IsAsciiDigit(c));
        currency = valid ? new Currency(string.Intern(text)) : default;
        return valid;
    }

    public static bool TryParse(ReadOnlySpan<byte> utf8, out Currency currency)
    {
        currency = default;
        return utf8.Length <= 12 && TryParse(Encoding.UTF8.GetString(utf8), out currency);
    }

    public int CompareTo(Currency other) => string.CompareOrdinal(Code, other.Code);

    public override string ToString() => Code;
}
