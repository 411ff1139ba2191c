// Cuts rows without quotes, many at a time.
using System.Numerics;
using System.Runtime.CompilerServices;
using Recon.Model.Columns;

namespace Recon.Sources.Csv;

/// <summary>The rows of a window that need no grammar: all of them here, as many cells as the others, no quote, no odd byte.</summary>
/// <param name="width">Cells of a row, at least 2: a row of one cell may be blank.</param>
/// <param name="first">First cell of the row that is none of them; empty for none.</param>
sealed class PlainRows(byte separator, int width, byte[] first)
{
    // What is noted of so many rows stays in the first cache.
    const int MostRows = 256;

    const byte Cr = (byte)'\r';
    const byte Lf = (byte)'\n';

    /// <summary>Cuts rows up to the first that is not plain; says how many. Each is one line.</summary>
    /// <param name="start">Where the first begins; afterwards where the row behind the last does.</param>
    public int Cut(byte[] window, CsvMarks marks, ref int start, CutRows rows)
    {
        var limit = marks.PlainUntil(start);
        for (var all = 0; ;)
        {
            var free = rows.Room(MostRows, width);
            var cut = free.Starts.IsEmpty || limit <= start ? 0 : Cut(window, marks, limit, ref start, free);
            rows.Added(cut);
            all += cut;
            if (cut < MostRows)
            {
                return all;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    int Cut(ReadOnlySpan<byte> window, CsvMarks marks, int limit, ref int start, FreeRows free)
    {
        var cursor = new MarkCursor(marks.Plain(start), start, limit);
        for (var row = 0; row < MostRows; row++)
        {
            var end = CutRow(window, ref cursor, start, free.Ends.Slice(row * width, width), free.HasEmpty);
            if (end < 0 || IsOther(window[start..end]))
            {
                return row;
            }

            free.Starts[row] = start;
            start = end;
        }

        return MostRows;
    }

    // Where the next row begins; −1 where this one is not plain.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    int CutRow(ReadOnlySpan<byte> window, ref MarkCursor cursor, int start, Span<ushort> ends, Span<bool> hasEmpty)
    {
        var (mark, previous) = (start, -1);
        for (var cell = 0; cell < ends.Length; cell++)
        {
            if ((cell > 0 && window[mark] != separator) || !cursor.TryNext(out mark))
            {
                return -1;
            }

            hasEmpty[cell] |= mark - start == previous + 1;
            previous = mark - start;
            ends[cell] = unchecked((ushort)previous);
        }

        return previous > ushort.MaxValue ? -1
            : window[mark] == Lf ? mark + 1
            : window[mark] != Cr || !cursor.Holds(mark + 1) ? -1
            : window[mark + 1] != Lf ? mark + 1
            : cursor.TryNext(out mark) ? mark + 1 : -1;
    }

    bool IsOther(ReadOnlySpan<byte> row) =>
        first.Length > 0 && row.StartsWith(first) && row[first.Length] is var next && (next == separator || next is Cr or Lf);
}

/// <summary>Goes from mark to mark.</summary>
/// <param name="groups">Of 64 bytes each, a bit for each mark; the first is that of <paramref name="from"/>.</param>
/// <param name="limit">Behind the last byte that may be given.</param>
ref struct MarkCursor(ReadOnlySpan<ulong> groups, int from, int limit)
{
    readonly ReadOnlySpan<ulong> _groups = groups;
    int _group;
    int _place = from & -CsvMarks.GroupBytes;
    ulong _bits = groups[0] & (ulong.MaxValue << from);

    public readonly bool Holds(int at) => at < limit;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryNext(out int mark)
    {
        mark = limit;
        while (_bits == 0)
        {
            _place += CsvMarks.GroupBytes;
            if (_place >= limit)
            {
                return false;
            }

            _bits = _groups[++_group];
        }

        mark = _place + BitOperations.TrailingZeroCount(_bits);
        _bits &= _bits - 1;
        return mark < limit;
    }
}
