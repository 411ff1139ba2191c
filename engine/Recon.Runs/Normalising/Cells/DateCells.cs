// Reads dates from cells.
using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Recon.Runs.Normalising.Cells;

/// <summary>Dates by a pattern, or ISO <c>yyyy-MM-dd</c> where there is none. Two-digit years end with 2049.</summary>
/// <remarks>Files have few days, so a text that was read is remembered.</remarks>
sealed class DateCells(string? pattern)
{
    const int MemoSlots = 256;

    // 2^64 over the golden ratio, odd.
    const ulong Mixer = 0x9E3779B97F4A7C15;

    readonly string _pattern = pattern ?? "yyyy-MM-dd";
    readonly FixedPattern? _fixed = FixedPattern.TryCompile(pattern ?? "yyyy-MM-dd");
    readonly Memo[] _memos = new Memo[MemoSlots];

    public bool TryRead(ReadOnlySpan<byte> text, out int dayNumber)
    {
        var (high, low) = Words(text);
        ref var memo = ref _memos[Slot(high, low)];
        if (!text.IsEmpty && memo.Length == text.Length && memo.High == high && memo.Low == low)
        {
            dayNumber = memo.Day;
            return true;
        }

        if (!TryParse(text, out dayNumber))
        {
            return false;
        }

        if (text.Length is >= sizeof(ulong) and <= 2 * sizeof(ulong))
        {
            memo = new Memo(text.Length, high, low, dayNumber);
        }

        return true;
    }

    bool TryParse(ReadOnlySpan<byte> text, out int dayNumber)
    {
        dayNumber = 0;
        if (_fixed is not null)
        {
            if (!_fixed.TryRead(text, out var ticks))
            {
                return false;
            }

            dayNumber = (int)(ticks / TimeSpan.TicksPerDay);
        }
        else
        {
            var plain = Encoding.UTF8.GetString(text);
            if (!DateOnly.TryParseExact(
                plain, _pattern, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
            {
                return false;
            }

            dayNumber = date.DayNumber;
        }

        return true;
    }

    // The first and the last eight bytes, which are all of a text of eight to sixteen.
    static (ulong High, ulong Low) Words(ReadOnlySpan<byte> text) => text.Length < sizeof(ulong)
        ? (0, 0)
        : (BinaryPrimitives.ReadUInt64LittleEndian(text), BinaryPrimitives.ReadUInt64LittleEndian(text[^sizeof(ulong)..]));

    static int Slot(ulong high, ulong low) => unchecked((int)(((high ^ (low * Mixer)) * Mixer) >> 56));

    readonly record struct Memo(int Length, ulong High, ulong Low, int Day);
}
