// Reads dates whose pattern has parts of fixed width only, without making strings.
namespace Recon.Runs.Normalising.Cells;

/// <summary>
/// A .NET date pattern made of <c>yyyy MM dd HH mm ss f…</c>, each at most once, and literals. It reads what
/// <see cref="DateTime.TryParseExact(string, string, IFormatProvider, System.Globalization.DateTimeStyles, out DateTime)"/>
/// reads with the invariant culture.
/// </summary>
sealed class FixedPattern
{
    readonly List<Piece> _pieces = [];
    int _length;

    FixedPattern()
    {
    }

    readonly record struct Piece(char Letter, int Width, byte Literal);

    /// <summary>Null where the pattern has other parts.</summary>
    public static FixedPattern? TryCompile(string pattern)
    {
        var compiled = new FixedPattern();
        for (var i = 0; i < pattern.Length;)
        {
            var width = 1;
            while (i + width < pattern.Length && pattern[i + width] == pattern[i])
            {
                width++;
            }

            if (IsPart(pattern[i], width) && compiled._pieces.TrueForAll(piece => piece.Letter != pattern[i]))
            {
                compiled.Add(new Piece(pattern[i], width, 0), width);
                i += width;
            }
            else if (IsLiteral(pattern[i]))
            {
                compiled.Add(new Piece('\0', 1, (byte)pattern[i]), 1);
                i++;
            }
            else if (pattern[i] == '\'' && pattern.IndexOf('\'', i + 1) is var end && end > i)
            {
                foreach (var literal in pattern[(i + 1)..end])
                {
                    if (!char.IsAscii(literal) || literal == '\\')
                    {
                        return null;
                    }

                    compiled.Add(new Piece('\0', 1, (byte)literal), 1);
                }

                i = end + 1;
            }
            else
            {
                return null;
            }
        }

        return compiled.HasPart('y') && compiled.HasPart('M') && compiled.HasPart('d') ? compiled : null;
    }

    /// <summary>Ticks of the date and time, without regard to any zone.</summary>
    public bool TryRead(ReadOnlySpan<byte> text, out long ticks)
    {
        ticks = 0;
        if (text.Length != _length)
        {
            return false;
        }

        int year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0, fraction = 0;
        var at = 0;
        foreach (var piece in _pieces)
        {
            if (piece.Letter == '\0')
            {
                if (text[at++] != piece.Literal)
                {
                    return false;
                }

                continue;
            }

            if (!TryDigits(text.Slice(at, piece.Width), out var value))
            {
                return false;
            }

            at += piece.Width;
            switch (piece.Letter)
            {
                case 'y': year = value; break;
                case 'M': month = value; break;
                case 'd': day = value; break;
                case 'H': hour = value; break;
                case 'm': minute = value; break;
                case 's': second = value; break;
                default: fraction = value * TicksOfDigit(piece.Width); break;
            }
        }

        return TryTicks(year, month, day, hour, minute, second, fraction, out ticks);
    }

    /// <summary>False where there is no such day or time of day.</summary>
    public static bool TryTicks(
        int year, int month, int day, int hour, int minute, int second, int fractionTicks, out long ticks)
    {
        ticks = 0;
        if (year is < 1 or > 9999 || month is < 1 or > 12 || day < 1
            || day > DateTime.DaysInMonth(year, month)
            || hour > 23 || minute > 59 || second > 59)
        {
            return false;
        }

        ticks = new DateTime(year, month, day, hour, minute, second).Ticks + fractionTicks;
        return true;
    }

    /// <summary>Digits only, at most 9 of them.</summary>
    public static bool TryDigits(ReadOnlySpan<byte> text, out int value)
    {
        value = 0;
        foreach (var unit in text)
        {
            if (unit is < (byte)'0' or > (byte)'9')
            {
                return false;
            }

            value = (value * 10) + (unit - '0');
        }

        return true;
    }

    /// <summary>Ticks that the last of <paramref name="digits"/> digits of a fraction of a second stands for.</summary>
    public static int TicksOfDigit(int digits)
    {
        var ticks = 1;
        for (var i = digits; i < 7; i++)
        {
            ticks *= 10;
        }

        return ticks;
    }

    static bool IsPart(char letter, int width) => (letter, width) switch
    {
        ('y', 4) => true,
        ('M' or 'd' or 'H' or 'm' or 's', 2) => true,
        ('f', >= 1 and <= 7) => true,
        _ => false,
    };

    // T and Z mean nothing in .NET patterns and stand for themselves.
    static bool IsLiteral(char letter) =>
        letter is 'T' or 'Z' || (char.IsAscii(letter) && !char.IsLetter(letter)
            && letter is not ('%' or '\\' or '\'' or '"'));

    void Add(Piece piece, int width)
    {
        _pieces.Add(piece);
        _length += width;
    }

    bool HasPart(char letter) => _pieces.Exists(piece => piece.Letter == letter);
}
