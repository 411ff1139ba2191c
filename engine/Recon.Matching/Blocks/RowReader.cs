// Reads what a pass asks of the open rows of one side: keys, windows, totals.
using Recon.Matching.Reading;

namespace Recon.Matching.Blocks;

/// <summary>A run of rows that one thread reads.</summary>
/// <param name="Capacity">How many of them are open.</param>
sealed record RowChunk(int Start, int End, int Capacity)
{
    public static RowChunk[] Of(bool[] closed, Workers workers)
    {
        var size = workers.Cut.ChunkRows;
        var chunks = new RowChunk[(closed.Length + size - 1) / size];
        for (var i = 0; i < chunks.Length; i++)
        {
            var (start, end) = (i * size, Math.Min(closed.Length, (i + 1) * size));
            chunks[i] = new RowChunk(start, end, closed.AsSpan(start, end - start).Count(false));
        }

        return chunks;
    }
}

/// <summary>One thread's share of the reading; rows that can equal nothing, or stand in partitions of another share, are left out.</summary>
sealed class RowReader(PassPlan plan, int side, bool[] closed, PartitionShare share, BufferPool pool) : IDisposable
{
    readonly PartitionRows _target = new(plan);
    readonly KeyReader _keys = new(plan, side);
    readonly SideReader[] _windows = [.. plan.Windows.Select(window => window.Readers[side])];
    readonly SideReader[] _totals = [.. plan.Totals.Select(total => total.Readers[side])];
    readonly int[] _rows = new int[KeyReader.MostRows];
    readonly UInt128[] _read = new UInt128[KeyReader.MostRows];
    readonly bool[] _usable = new bool[KeyReader.MostRows];

    /// <summary>The rows of a chunk that can take part; good until the next is read.</summary>
    public PartitionRows Read(RowChunk chunk)
    {
        _target.Reserve(chunk.Capacity, pool);
        var (row, position) = (chunk.Start, 0);
        while (row < chunk.End)
        {
            var count = 0;
            for (; count < _rows.Length && NextOpen(ref row, chunk.End); row++)
            {
                _rows[count++] = row;
            }

            position = Read(_rows.AsSpan(0, count), position);
        }

        _target.Count = position;
        return _target;
    }

    public void Dispose() => _target.Return(pool);

    // Closed rows stand in long runs where a pass before took most: they are passed over many at a time.
    bool NextOpen(ref int row, int end)
    {
        if (row < end && closed[row])
        {
            var next = closed.AsSpan(row, end - row).IndexOf(false);
            row = next == -1 ? end : row + next;
        }

        return row < end;
    }

    int Read(ReadOnlySpan<int> rows, int position)
    {
        Array.Fill(_usable, true);
        _keys.Read(rows, _read, _usable);
        for (var i = 0; i < rows.Length; i++)
        {
            if (_usable[i] && share.Holds(_read[i]) && TryReadWindows(rows[i], position))
            {
                _target.Rows[position] = rows[i];
                _target.Keys[position] = _read[i];
                ReadTotals(rows[i], position);
                position++;
            }
        }

        return position;
    }

    bool TryReadWindows(int row, int position)
    {
        for (var i = 0; i < _windows.Length; i++)
        {
            if (!_windows[i].TryRead(row, out _target.WindowValues[(position * _windows.Length) + i], out _))
            {
                return false;
            }
        }

        return true;
    }

    void ReadTotals(int row, int position)
    {
        for (var i = 0; i < _totals.Length; i++)
        {
            var known = _totals[i].TryRead(row, out var value, out var currency);
            _target.TotalValues[(position * _totals.Length) + i] = known ? value : 0;
            _target.TotalCurrencies[(position * _totals.Length) + i] = known ? currency : PartitionRows.UnknownTotal;
        }
    }
}
