// Hides what texts say and keeps what rules look at: equal words stay equal, and of one shape.
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Recon.Model;

namespace Recon.Runs.Freezing;

/// <summary>
/// Replaces the words of texts, runs of letters or of ASCII digits, by others of the same shape under a key: the same word by the same word in
/// every column, another by another. Upper and lower case, leading zeros and all that is no word stay, so that texts are joined, cleaned and cut
/// as before. Words that stand in the rules stay, so that conditions hold as before.
/// </summary>
/// <remarks>
/// ASCII words are permuted. A word with other letters becomes 14 letters out of a hash, which two words share with a chance of 2^-64. A word of
/// few characters has few others of its shape: who knows how often each occurs may guess it. How alike two texts are is not kept. For one thread.
/// </remarks>
public sealed class TextMask : IDisposable
{
    // 26^12 and 9 × 10^17 are below 2^62.
    const int LongestLetters = 12;
    const int LongestDigits = 18;
    const int HashedLetters = 14;
    const int CachedWords = 1 << 18;
    const uint Letters = 1u << 16;
    const uint FirstDigits = 2u << 16;
    const uint MoreDigits = 3u << 16;

    readonly WordPermutation _permutation;
    readonly byte[] _hashKey;
    readonly HashSet<string> _kept = new(StringComparer.Ordinal);
    readonly Dictionary<string, string> _known = new(StringComparer.Ordinal);

    /// <param name="key">The secret of whoever makes snapshots; two under one key are joined by their texts. At least 16 bytes.</param>
    /// <param name="rules">Texts whose words stay.</param>
    public TextMask(ReadOnlySpan<byte> key, IEnumerable<string> rules)
    {
        Require.That(key.Length >= 16);
        Span<byte> keys = stackalloc byte[64];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, key, keys, salt: default, info: "recon text mask"u8);
        _permutation = new WordPermutation(keys[..32].ToArray());
        _hashKey = keys[32..].ToArray();
        foreach (var text in rules)
        {
            Cut(text, word => _kept.Add(Folded(word)), _ => { });
        }
    }

    /// <summary>A mask for texts that rules look at: words of the rules stay, and those that a pattern of theirs needs.</summary>
    /// <param name="rules">The pack in canonical text.</param>
    /// <param name="texts">As the rules see them: cleaned.</param>
    public static TextMask For(ReadOnlySpan<byte> key, string rules, IEnumerable<string> texts)
    {
        var mask = new TextMask(key, [rules]);
        RulePatterns.Keep(mask, RulePatterns.Of(rules), texts);
        return mask;
    }

    /// <summary>From now on words of letters in the text stay. Whatever was masked before has to be masked again.</summary>
    internal void Keep(string text)
    {
        _known.Clear();
        Cut(text, KeepLetters, _ => { });

        void KeepLetters(string word)
        {
            if (!char.IsAsciiDigit(word[0]))
            {
                _kept.Add(Folded(word));
            }
        }
    }

    /// <summary>The text under the mask.</summary>
    public string Of(string text)
    {
        var masked = new StringBuilder(text.Length);
        Cut(text, word => masked.Append(Word(word)), between => masked.Append(between));
        return masked.ToString();
    }

    /// <summary>A stand-in for an id that is a hash of what is hidden: as many hex digits, at most 64.</summary>
    public string OfHash(string id) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(_hashKey, Encoding.UTF8.GetBytes(id)))[..Math.Min(id.Length, 64)];

    public void Dispose() => _permutation.Dispose();

    // Runs of ASCII digits, runs of letters with their marks and other numerals, and what is between them.
    static void Cut(string text, Action<string> word, Action<string> between)
    {
        var (start, kind) = (0, -1);
        for (var at = 0; at <= text.Length;)
        {
            var (next, size) = (-2, 1);
            if (at < text.Length)
            {
                Rune.DecodeFromUtf16(text.AsSpan(at), out var rune, out size);
                next = KindOf(rune);
            }

            if (next != kind && at > start)
            {
                (kind > 0 ? word : between)(text[start..at]);
                start = at;
            }

            (kind, at) = (next, at + size);
        }
    }

    static int KindOf(Rune rune) => rune.IsAscii && Rune.IsDigit(rune) ? 1 : Rune.IsLetter(rune) ? 2 : Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.DecimalDigitNumber
            or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber => 2,
        _ => 0,
    };

    // As whom a word is known: without case, digits without leading zeros.
    static string Folded(string word) => char.IsAsciiDigit(word[0]) ? word.TrimStart('0') : word.ToUpperInvariant();

    string Word(string word)
    {
        var folded = Folded(word);
        if (folded.Length == 0 || _kept.Contains(folded))
        {
            return word;
        }

        if (!_known.TryGetValue(folded, out var other))
        {
            other = char.IsAsciiDigit(folded[0]) ? Digits(folded) : Ascii.IsValid(folded) ? Permuted(folded) : Hashed(folded);
            if (_known.Count < CachedWords)
            {
                _known.Add(folded, other);
            }
        }

        return char.IsAsciiDigit(word[0]) ? string.Concat(word.AsSpan(0, word.Length - folded.Length), other) : InCaseOf(word, other);
    }

    // On until it is none of the words that stay: they are where they are, so that the others remain a permutation.
    string Digits(string digits)
    {
        do
        {
            digits = InParts(digits, LongestDigits, (part, index) =>
            {
                var number = ulong.Parse(part, CultureInfo.InvariantCulture);
                var lowest = index == 0 ? Power(10, part.Length - 1) : 0;
                var size = Power(10, part.Length) - lowest;
                var tweak = (index == 0 ? FirstDigits : MoreDigits) + (uint)((part.Length << 8) + index);
                return (lowest + _permutation.Of(number - lowest, size, tweak)).ToString(CultureInfo.InvariantCulture).PadLeft(part.Length, '0');
            });
        }
        while (_kept.Contains(digits));

        return digits;
    }

    string Permuted(string word)
    {
        do
        {
            word = InParts(word, LongestLetters, (part, index) =>
            {
                var number = part.Aggregate(0UL, (value, letter) => (value * 26) + (uint)(letter - 'A'));
                return LettersOf(_permutation.Of(number, Power(26, part.Length), Letters + (uint)((part.Length << 8) + index)), part.Length);
            });
        }
        while (_kept.Contains(word));

        return word;
    }

    static string InParts(string word, int longest, Func<string, int, string> masked) =>
        string.Concat(word.Chunk(longest).Select((part, index) => masked(new string(part), Math.Min(index, 255))));

    string Hashed(string word)
    {
        var hash = HMACSHA256.HashData(_hashKey, Encoding.UTF8.GetBytes(word.Normalize(NormalizationForm.FormC)));
        return LettersOf(System.Buffers.Binary.BinaryPrimitives.ReadUInt64BigEndian(hash), HashedLetters);
    }

    static string LettersOf(ulong number, int count)
    {
        var letters = new char[count];
        for (var i = count - 1; i >= 0; i--)
        {
            (number, var rest) = Math.DivRem(number, 26);
            letters[i] = (char)('A' + rest);
        }

        return new string(letters);
    }

    static ulong Power(ulong basis, int exponent)
    {
        var power = 1UL;
        for (; exponent > 0; exponent--)
        {
            power *= basis;
        }

        return power;
    }

    // Letter by letter where there are as many; else as the whole word is written.
    static string InCaseOf(string word, string other) => word.Length == other.Length && Ascii.IsValid(word)
        ? string.Create(word.Length, (word, other), (letters, pair) =>
        {
            for (var i = 0; i < letters.Length; i++)
            {
                letters[i] = char.IsAsciiLetterLower(pair.word[i]) ? char.ToLowerInvariant(pair.other[i]) : pair.other[i];
            }
        })
        : !word.Any(char.IsLower) ? other
        : !word.Any(char.IsUpper) ? other.ToLowerInvariant()
        : string.Concat(other.AsSpan(0, 1), other[1..].ToLowerInvariant());
}
