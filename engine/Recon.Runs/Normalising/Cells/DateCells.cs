// Reads dates from cells.
using System.Globalization;
using System.Text;

namespace Recon.Runs.Normalising.Cells;

/// <summary>Dates by a pattern, or ISO <c>yyyy-MM-dd</c> where there is none. Two-digit years end with 2049.</summary>
sealed class DateCells(string? pattern)
{
    readonly string _pattern = pattern ?? "yyyy-MM-dd";
    readonly FixedPattern? _fixed = FixedPattern.TryCompile(pattern ?? "yyyy-MM-dd");
    byte[] _lastText = [];
    int _lastDay;

    public bool TryRead(ReadOnlySpan<byte> text, out int dayNumber)
    {
        if (text.SequenceEqual(_lastText))
        {
            dayNumber = _lastDay;
            return true;
        }

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

        Remember(text, dayNumber);
        return true;
    }

    // Files are mostly of one day.
    void Remember(ReadOnlySpan<byte> text, int dayNumber)
    {
        if (_lastText.Length != text.Length)
        {
            _lastText = new byte[text.Length];
        }

        text.CopyTo(_lastText);
        _lastDay = dayNumber;
    }
}
