// Hands blocks of rows to whoever takes them while the file is read on.
using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using Recon.Model;
using Recon.Model.Columns;
using Recon.Runs.Ports;

namespace Recon.Sources.Tables;

/// <summary>
/// Blocks of one source, taken by as many threads as it may have; where all are busy the reader takes the block itself. So no more
/// windows are alive than threads, whatever the size of the files.
/// </summary>
/// <param name="threads">At least 1; what is taken does not depend on it.</param>
/// <param name="windowBytes">Of a window.</param>
/// <param name="totalBytes">Of all files of the source; 0 where nobody knows.</param>
/// <param name="leastFile">Bytes of the smallest file that is worth to be kept open.</param>
/// <param name="memory">Where it is kept how rows lie in files.</param>
sealed class BlockHandover(RowIntake intake, int threads, int windowBytes, long totalBytes, long leastFile, ColumnMemory memory)
{
    // Of one source. So many files of 16 MiB are 2 GiB; the rows of more files stay in memory.
    const int MostFiles = 128;

    readonly ConcurrentBag<RowWindow> _windows = [];
    readonly List<Task> _taken = [];
    int _free = threads - 1;
    int _files;
    int _rows;
    long _bytes;

    public int WindowBytes => windowBytes;

    /// <summary>Where the rows of files begin.</summary>
    public Slab<int> Starts { get; } = new(memory);

    /// <summary>True where the rows of a file of this size may lie elsewhere, which keeps it open.</summary>
    public bool TakesFile(long bytes) => bytes >= leastFile && _files++ < MostFiles;

    /// <summary>A window to read into: one that a taken block has left, else a new one.</summary>
    public RowWindow Window() => _windows.TryTake(out var window) ? window : new RowWindow(WindowBytes);

    /// <param name="elsewhere">The same rows without their bytes; null where they stay in memory.</param>
    /// <param name="bytes">Of the text of the rows; 0 where the total is not known.</param>
    /// <param name="window">What may be read into again once they are taken; null where nothing may.</param>
    public void Hand(RawTable rows, RowBlock? elsewhere, int bytes, RowWindow? window)
    {
        var start = _rows;
        (_rows, _bytes) = (_rows + rows.Count, _bytes + bytes);
        var block = new ReadRows(_taken.Count, start, rows, elsewhere, Expected());
        if (Interlocked.Decrement(ref _free) >= 0)
        {
            _taken.Add(Task.Run(() =>
            {
                try
                {
                    Take(block, window);
                }
                finally
                {
                    Interlocked.Increment(ref _free);
                }
            }));
        }
        else
        {
            Interlocked.Increment(ref _free);
            Take(block, window);
            _taken.Add(Task.CompletedTask);
        }
    }

    /// <summary>Waits until all blocks are taken; of several that failed the first throws.</summary>
    public void Finish()
    {
        Task.WhenAll(_taken).ContinueWith(_ => { }, TaskScheduler.Default).Wait();
        if (_taken.Find(task => task.IsFaulted || task.IsCanceled) is { } failed)
        {
            ExceptionDispatchInfo.Throw(failed.Exception?.InnerExceptions[0] ?? new TaskCanceledException(failed));
        }
    }

    // A hundredth more than the rows so far let expect.
    int Expected() =>
        _bytes == 0 ? _rows : (int)Int128.Clamp((Int128)_rows * totalBytes * 101 / (_bytes * 100L), _rows, Array.MaxLength);

    void Take(ReadRows block, RowWindow? window)
    {
        intake(block);
        if (window?.Bytes.Length == WindowBytes)
        {
            window.Kept.Clear();
            _windows.Add(window);
        }
    }
}
