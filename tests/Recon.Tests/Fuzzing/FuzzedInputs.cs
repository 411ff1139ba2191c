// Draws inputs for a reader: made by its grammar, or good ones that are damaged.
using System.Text;

namespace Recon.Tests.Fuzzing;

/// <summary>Input k of a seed is the same on every machine.</summary>
/// <param name="good">Files that the reader takes, and some that it refuses.</param>
sealed class FuzzedInputs(FuzzGrammar grammar, IReadOnlyList<byte[]> good)
{
    // Of 100 inputs.
    const int Made = 25;
    const int Empty = 1;

    const int MostEdits = 6;

    // One nest or repetition in so many is so deep that a parser of the stack would die of it.
    const int OneInDeep = 400;
    const int Deep = 100_000;
    const int LongestOfUsual = 1 << 17;

    static readonly string[] Numbers =
    [
        "0", "-0", "00000000", "2147483648", "9223372036854775808", "79228162514264337593543950336", "1e308", "0.1e-400", "99999999-99-99", "NaN",
        "123456789012345678901234567890123456789012345678901234567890",
    ];

    static readonly Encoding[] Encodings =
        [Encoding.Unicode, Encoding.BigEndianUnicode, Encoding.UTF32, new UnicodeEncoding(false, false), new UnicodeEncoding(true, false)];

    /// <param name="seed">0 to 2⁶⁴ − 1.</param>
    public byte[] Draw(int number, ulong seed)
    {
        var chance = Chance(number, seed);
        var kind = chance.Next(100);
        return kind < Empty ? grammar.Make("piece", chance)
            : kind < Empty + Made ? grammar.Make("file", chance)
            : Damaged(kind % 4 == 0 ? grammar.Make("file", chance) : good[chance.Next(good.Count)], chance);
    }

    /// <summary>The chance that an input is drawn from.</summary>
    public static Random Chance(int number, ulong seed)
    {
        // SplitMix64, so that neighbours have nothing in common.
        var mixed = unchecked(seed + ((ulong)(uint)number * 0x9E3779B97F4A7C15));
        mixed = unchecked((mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9);
        mixed = unchecked((mixed ^ (mixed >> 27)) * 0x94D049BB133111EB);
        return new Random(unchecked((int)(mixed ^ (mixed >> 31))));
    }

    byte[] Damaged(byte[] bytes, Random chance)
    {
        for (var edits = 1 + chance.Next(1 + chance.Next(MostEdits)); edits > 0; edits--)
        {
            var edited = Edited(bytes, chance);
            bytes = edited.Length <= LongestOfUsual || edits == 1 ? edited : bytes;
        }

        return bytes;
    }

    byte[] Edited(byte[] bytes, Random chance)
    {
        var (from, to) = Stretch(bytes, chance);
        return chance.Next(14) switch
        {
            0 => bytes[..from],
            1 => [.. bytes[..from], .. bytes[to..]],
            2 => [.. bytes[..to], .. bytes[from..]],
            3 => With(bytes, from, b => (byte)(b ^ (1 << chance.Next(8)))),
            4 => With(bytes, from, _ => (byte)chance.Next(256)),
            5 or 6 => [.. bytes[..from], .. grammar.Make("piece", chance), .. bytes[from..]],
            7 => [.. bytes[..from], .. grammar.Make("piece", chance), .. bytes[to..]],
            8 => Spliced(bytes, from, to, chance),
            9 => WithNumber(bytes, from, chance),
            10 => [.. bytes[..from], .. grammar.Nested(bytes.AsSpan(from, to - from), Times(chance), chance), .. bytes[to..]],
            11 => Repeated(bytes, from, to, chance),
            12 => LineEnds(bytes, chance),
            _ => chance.Next(8) == 0 ? Encoded(bytes, chance) : [.. bytes[to..], .. bytes[..to]],
        };
    }

    // Mostly short, at times half of the file.
    static (int From, int To) Stretch(byte[] bytes, Random chance)
    {
        var from = chance.Next(bytes.Length + 1);
        var most = chance.Next(4) == 0 ? bytes.Length / 2 : Math.Min(64, bytes.Length);
        return (from, Math.Min(bytes.Length, from + chance.Next(most + 1)));
    }

    static byte[] With(byte[] bytes, int at, Func<byte, byte> changed)
    {
        var copy = bytes.ToArray();
        if (at < copy.Length)
        {
            copy[at] = changed(copy[at]);
        }

        return copy;
    }

    byte[] Spliced(byte[] bytes, int from, int to, Random chance)
    {
        var other = good[chance.Next(good.Count)];
        var (first, last) = Stretch(other, chance);
        return [.. bytes[..from], .. other[first..last], .. bytes[to..]];
    }

    // The next digits of the file become a number that overflows something.
    static byte[] WithNumber(byte[] bytes, int from, Random chance)
    {
        var start = bytes.AsSpan(from).IndexOfAnyInRange((byte)'0', (byte)'9');
        if (start < 0)
        {
            return bytes;
        }

        start += from;
        var length = bytes.AsSpan(start).IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        return [.. bytes[..start], .. Encoding.ASCII.GetBytes(Numbers[chance.Next(Numbers.Length)]), .. length < 0 ? [] : bytes[(start + length)..]];
    }

    static byte[] Repeated(byte[] bytes, int from, int to, Random chance)
    {
        var piece = bytes[from..Math.Min(to, from + 8)];
        return [.. bytes[..from], .. Enumerable.Repeat(piece, Times(chance)).SelectMany(each => each), .. bytes[from..]];
    }

    static int Times(Random chance) => chance.Next(OneInDeep) == 0 ? chance.Next(Deep) : 1 << chance.Next(11);

    static byte[] LineEnds(byte[] bytes, Random chance)
    {
        byte[][] ends = [[(byte)'\n'], [(byte)'\r', (byte)'\n'], [(byte)'\r'], [(byte)'\n', (byte)'\r']];
        var only = chance.Next(ends.Length + 1);
        return [.. bytes.SelectMany(b => b == '\n' ? ends[only == ends.Length ? chance.Next(ends.Length) : only] : [b])];
    }

    static byte[] Encoded(byte[] bytes, Random chance)
    {
        var encoding = Encodings[chance.Next(Encodings.Length)];
        return [.. encoding.GetPreamble(), .. encoding.GetBytes(Encoding.UTF8.GetString(bytes))];
    }
}
