// Measures one date comparison over the matches of its pass.
using System.Globalization;
using Recon.Judging.Classifying;
using Recon.Model;
using Recon.Model.Columns;
using Recon.Model.Rules;

namespace Recon.Judging.Believing;

/// <summary>right − left in calendar days, business days or elapsed time, as the pass's tolerance counts.</summary>
sealed class LagMeter
{
    readonly LegMatches _matches;
    readonly int _leftSide;
    readonly int _rightSide;
    readonly RecordTable _left;
    readonly RecordTable _right;
    readonly Column _from;
    readonly Column _to;
    readonly bool _elapsed;
    readonly BusinessCalendar? _calendar;
    readonly RecordDates _dates = new();

    public LagMeter(
        Comparison pair,
        IReadOnlyList<RecordTable> tables,
        LegMatches matches,
        IReadOnlyDictionary<string, BusinessCalendar> calendars)
    {
        _matches = matches;
        (_leftSide, _rightSide) = (matches.Leg.SideOf(pair.Left.Source), matches.Leg.SideOf(pair.Right.Source));
        (_left, _right) = (
            matches.TableOf(_leftSide, tables[matches.Leg.Sources[_leftSide].Index]),
            matches.TableOf(_rightSide, tables[matches.Leg.Sources[_rightSide].Index]));
        (_from, _to) = (_left.Column(pair.Left.Terms[0].Field), _right.Column(pair.Right.Terms[0].Field));
        _elapsed = _from is InstantColumn && _to is InstantColumn && pair.Tolerance is not DayTolerance;
        _calendar = pair.Tolerance is DayTolerance { Calendar: { } name } ? calendars[name] : null;
    }

    public void Write(int match, TextColumnBuilder target)
    {
        var (least, most) = (long.MaxValue, long.MinValue);
        foreach (var left in _matches.RowsOf(_leftSide, match))
        {
            foreach (var right in _matches.RowsOf(_rightSide, match))
            {
                if (Distance(left, right) is not { } distance)
                {
                    target.AppendNull();
                    return;
                }

                (least, most) = (Math.Min(least, distance), Math.Max(most, distance));
            }
        }

        Span<byte> text = stackalloc byte[96];
        var length = Format(least, text);
        if (least != most)
        {
            " to "u8.CopyTo(text[length..]);
            length += 4;
            length += Format(most, text[length..]);
        }

        target.Append(text[..length]);
    }

    long? Distance(int left, int right)
    {
        if (_elapsed)
        {
            return _from.IsNull(left) || _to.IsNull(right)
                ? null
                : ((InstantColumn)_to).Ticks(right) - ((InstantColumn)_from).Ticks(left);
        }

        return _dates.Of(_left, _from, left) is { } a && _dates.Of(_right, _to, right) is { } b
            ? _calendar is null ? b.DayNumber - a.DayNumber : _calendar.Index(b) - _calendar.Index(a)
            : null;
    }

    int Format(long distance, Span<byte> text)
    {
        if (_elapsed)
        {
            new TimeSpan(distance).TryFormat(text, out var written, "c", CultureInfo.InvariantCulture);
            return written;
        }

        distance.TryFormat(text, out var digits, default, CultureInfo.InvariantCulture);
        var unit = _calendar is null ? "d"u8
            : Math.Abs(distance) == 1 ? " business day"u8
            : " business days"u8;
        unit.CopyTo(text[digits..]);
        return digits + unit.Length;
    }
}
