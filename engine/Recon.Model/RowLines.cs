// The line of each row in its file.
namespace Recon.Model;

/// <summary>Lines by row; a run of rows on lines one after the other costs eight bytes, however many they are. Grows at its end.</summary>
public sealed class RowLines
{
    // Run → its first row, and the line of that.
    readonly List<int> _rows = [];
    readonly List<int> _lines = [];

    public RowLines()
    {
    }

    /// <param name="lines">From 1, row by row.</param>
    public RowLines(IEnumerable<int> lines)
    {
        foreach (var line in lines)
        {
            Add(line);
        }
    }

    /// <summary>Number of rows.</summary>
    public int Count { get; private set; }

    /// <summary>The line of a row, from 1.</summary>
    public int this[int row]
    {
        get
        {
            var at = _rows.BinarySearch(row);
            var run = at >= 0 ? at : ~at - 1;
            return _lines[run] + (row - _rows[run]);
        }
    }

    /// <summary>Adds a row behind the others.</summary>
    public void Add(int line) => Add(line, 1);

    /// <summary>Adds rows behind the others, each on the line after the one before.</summary>
    public void Add(int line, int count)
    {
        if (count == 0)
        {
            return;
        }

        if (Count == 0 || line != _lines[^1] + (Count - _rows[^1]))
        {
            _rows.Add(Count);
            _lines.Add(line);
        }

        Count += count;
    }
}
