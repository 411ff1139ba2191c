// Matches as rows of a file: the n-th row of a match has the n-th member of each side.
using Recon.Runs.Results;

namespace Recon.Store.Evidence;

/// <summary>As many matches as fill a group of rows, at least one.</summary>
sealed class MatchRows
{
    readonly LegEvidence _leg;
    readonly int _start;
    readonly int[] _rowsOf;
    readonly int _count;

    public MatchRows(LegEvidence leg, int start, int end, int most)
    {
        (_leg, _start, End) = (leg, start, start);
        _rowsOf = new int[Math.Min(end - start, most)];
        while (End < end && End - start < _rowsOf.Length && (_count == 0 || _count < most))
        {
            _count += _rowsOf[End - start] = RowsOf(End);
            End++;
        }
    }

    /// <summary>The first match that is not among them.</summary>
    public int End { get; private set; }

    /// <summary>Of each row the number of its match, from 1.</summary>
    public ReadOnlyMemory<long> Numbers()
    {
        var numbers = new long[_count];
        var row = 0;
        for (var match = _start; match < End; match++)
        {
            var rows = _rowsOf[match - _start];
            numbers.AsSpan(row, rows).Fill(match + 1L);
            row += rows;
        }

        return numbers;
    }

    public TextCells Ids(MemberIds members)
    {
        var cells = new TextCells(_count);
        for (var match = _start; match < End; match++)
        {
            var (from, to) = members.Range(match);
            for (var row = 0; row < _rowsOf[match - _start]; row++)
            {
                if (from + row < to)
                {
                    cells.Add(members.Ids.Utf8(from + row));
                }
                else
                {
                    cells.AddNull();
                }
            }
        }

        return cells;
    }

    /// <summary>A text a match, in the first of its rows.</summary>
    public TextCells Texts(Action<TextCells, int> add)
    {
        var cells = new TextCells(_count);
        for (var match = _start; match < End; match++)
        {
            add(cells, match);
            for (var row = 1; row < _rowsOf[match - _start]; row++)
            {
                cells.AddNull();
            }
        }

        return cells;
    }

    /// <summary>A value a match, in the first of its rows.</summary>
    public ReadOnlyMemory<T?> Values<T>(Func<int, T?> of)
        where T : struct
    {
        var values = new T?[_count];
        var row = 0;
        for (var match = _start; match < End; match++)
        {
            values[row] = of(match);
            row += _rowsOf[match - _start];
        }

        return values;
    }

    int RowsOf(int match)
    {
        var most = 1;
        foreach (var members in _leg.Members)
        {
            var (from, to) = members.Range(match);
            most = Math.Max(most, to - from);
        }

        return most;
    }
}
