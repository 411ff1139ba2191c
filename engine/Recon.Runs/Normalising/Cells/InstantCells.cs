// Reads moments from cells: with an offset as they stand, without one in a zone.
using System.Globalization;
using System.Text;

namespace Recon.Runs.Normalising.Cells;

/// <summary>
/// Instants by a pattern, or ISO 8601 where there is none: <c>2026-02-27T10:00[:05[.1234567]][Z|+01:00|+0100|+01]</c>, a
/// blank may stand for the <c>T</c>. Digits beyond 100 ns must be zeros: nothing is cut off.
/// </summary>
sealed class InstantCells(string? pattern, TimeZoneInfo zone)
{
    readonly FixedPattern? _fixed = pattern is null ? null : FixedPattern.TryCompile(pattern);
    readonly LocalTimes _localTimes = new(zone);

    public CellFaultKind Read(ReadOnlySpan<byte> text, out long utcTicks)
    {
        utcTicks = 0;
        if (!TryReadParts(text, out var ticks, out var offset))
        {
            return CellFaultKind.NoInstant;
        }

        if (offset is null)
        {
            return _localTimes.TryToUtc(ticks, out utcTicks) ? CellFaultKind.None : CellFaultKind.SkippedTime;
        }

        utcTicks = ticks - offset.Value;
        return utcTicks >= 0 && utcTicks <= DateTime.MaxValue.Ticks
            ? CellFaultKind.None
            : CellFaultKind.NoInstant;
    }

    bool TryReadParts(ReadOnlySpan<byte> text, out long ticks, out long? offsetTicks)
    {
        offsetTicks = null;
        if (pattern is null)
        {
            return TryReadIso(text, out ticks, out offsetTicks);
        }

        if (_fixed is not null)
        {
            return _fixed.TryRead(text, out ticks);
        }

        // A pattern with an offset gives a UTC time, one without a time of no kind.
        var plain = Encoding.UTF8.GetString(text);
        var read = DateTime.TryParseExact(
            plain, pattern, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out var time);
        ticks = time.Ticks;
        offsetTicks = time.Kind == DateTimeKind.Utc ? 0 : null;
        return read;
    }

    static bool TryReadIso(ReadOnlySpan<byte> text, out long ticks, out long? offsetTicks)
    {
        (ticks, offsetTicks) = (0, null);
        if (text.Length < 16 || text[4] != '-' || text[7] != '-'
            || text[10] is not ((byte)'T' or (byte)' ') || text[13] != ':'
            || !FixedPattern.TryDigits(text[..4], out var year)
            || !FixedPattern.TryDigits(text[5..7], out var month)
            || !FixedPattern.TryDigits(text[8..10], out var day)
            || !FixedPattern.TryDigits(text[11..13], out var hour)
            || !FixedPattern.TryDigits(text[14..16], out var minute))
        {
            return false;
        }

        var rest = text[16..];
        var (second, fraction) = (0, 0);
        if (rest.Length > 0 && rest[0] == ':')
        {
            if (rest.Length < 3 || !FixedPattern.TryDigits(rest[1..3], out second)
                || !TryFraction(ref rest, out fraction))
            {
                return false;
            }
        }

        return TryOffset(rest, out offsetTicks)
            && FixedPattern.TryTicks(year, month, day, hour, minute, second, fraction, out ticks);
    }

    static bool TryFraction(ref ReadOnlySpan<byte> rest, out int fractionTicks)
    {
        fractionTicks = 0;
        rest = rest[3..];
        if (rest.Length == 0 || rest[0] is not ((byte)'.' or (byte)','))
        {
            return true;
        }

        var digits = 1;
        while (digits < rest.Length && char.IsAsciiDigit((char)rest[digits]))
        {
            digits++;
        }

        var kept = rest[1..Math.Min(digits, 8)];
        var finer = rest[Math.Min(digits, 8)..digits];
        rest = rest[digits..];
        if (kept.Length == 0 || finer.ContainsAnyExcept((byte)'0')
            || !FixedPattern.TryDigits(kept, out var value))
        {
            return false;
        }

        fractionTicks = value * FixedPattern.TicksOfDigit(kept.Length);
        return true;
    }

    static bool TryOffset(ReadOnlySpan<byte> text, out long? offsetTicks)
    {
        offsetTicks = null;
        if (text.Length > 1 && text[0] == ' ')
        {
            text = text[1..];
        }

        if (text.Length == 0)
        {
            return true;
        }

        if (text is [(byte)'Z'])
        {
            offsetTicks = 0;
            return true;
        }

        if (text[0] is not ((byte)'+' or (byte)'-') || text.Length is not (3 or 5 or 6)
            || (text.Length == 6 && text[3] != ':'))
        {
            return false;
        }

        var minutes = 0;
        if (!FixedPattern.TryDigits(text[1..3], out var hours) || hours > 18
            || (text.Length > 3 && (!FixedPattern.TryDigits(text[^2..], out minutes) || minutes > 59)))
        {
            return false;
        }

        var total = ((hours * 60) + minutes) * TimeSpan.TicksPerMinute;
        offsetTicks = text[0] == '-' ? -total : total;
        return true;
    }
}
