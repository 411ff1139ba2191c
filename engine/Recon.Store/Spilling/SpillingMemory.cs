// Memory for columns: arrays up to a budget, beyond it files that are mapped into memory.
using System.Diagnostics;
using System.Runtime.CompilerServices;
using Recon.Model;
using Recon.Model.Columns;

namespace Recon.Store.Spilling;

/// <summary>
/// What does not fit the budget lies in files without a name: the system writes them out when it needs the memory, and they are gone with the
/// process, however it ends. Values are the same wherever they are.
/// </summary>
/// <remarks>Nothing that was taken may be read after <see cref="Dispose"/>.</remarks>
/// <param name="limit">Bytes that the process should hold at once: beyond it pages of files are let go.</param>
/// <param name="arrays">Bytes of arrays among them; 0: everything is in files.</param>
/// <param name="folder">Where the files are; it exists.</param>
public sealed class SpillingMemory(long limit, long arrays, string folder) : ColumnMemory, IDisposable
{
    // How often it is looked at what the process holds. Some 100 MB of pages are touched meanwhile.
    static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(10);

    // How long pages stay before they are let go again: twice as long each time where nothing new was taken meanwhile, for then they are pages
    // that are needed again and again, and to fetch them costs more than to hold somewhat more than the limit.
    static readonly TimeSpan ShortPause = TimeSpan.FromMilliseconds(50);
    static readonly TimeSpan LongPause = TimeSpan.FromMilliseconds(200);

    readonly Lock _gate = new();
    readonly List<MappedFile> _files = [];
    Timer? _timer;
    long _taken;
    long _takenAtLast;
    long _last;
    TimeSpan _pause = ShortPause;
    bool _isDisposed;

    /// <summary>Bytes that lie in files.</summary>
    public long SpilledBytes
    {
        get
        {
            lock (_gate)
            {
                return _files.Sum(file => file.Bytes);
            }
        }
    }

    /// <inheritdoc/>
    public override Extent<T> Take<T>(int count)
    {
        var bytes = (long)count * Unsafe.SizeOf<T>();
        return Interlocked.Add(ref _taken, bytes) <= arrays || count == 0
            ? Extent.Of(GC.AllocateUninitializedArray<T>(count))
            : Extent.Mapped(new MappedValues<T>(Map(bytes), count).Memory);
    }

    /// <summary>Gives files and memory back.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _timer?.Dispose();
            foreach (var file in _isDisposed ? [] : _files)
            {
                file.Dispose();
            }

            _isDisposed = true;
        }
    }

    MappedFile Map(long bytes)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            var file = Created(bytes);
            _files.Add(file);
            _timer ??= new Timer(_ => Look(), null, Interval, Interval);
            return file;
        }
    }

    MappedFile Created(long bytes)
    {
        try
        {
            return MappedFile.Create(folder, bytes);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // A full disk may have room again; a folder that is not there will not be.
            var isThere = Directory.Exists(folder);
            throw new ReconException(
                $"the run holds more than the memory that it may take (--memory), and what is beyond it cannot be written to {folder} (TMPDIR): "
                    + (!isThere ? "there is no such folder" : fault is UnauthorizedAccessException ? "it may not be written" : "the disk is full or fails"),
                FaultKind.Storage, isTransient: isThere && fault is IOException, inner: fault);
        }
    }

    void Look()
    {
        if (ProcessPages.Bytes() > limit - (limit / 8) && Stopwatch.GetElapsedTime(_last) > _pause && _gate.TryEnter())
        {
            try
            {
                foreach (var file in _isDisposed ? [] : _files)
                {
                    file.LetGo();
                }
            }
            finally
            {
                var taken = Interlocked.Read(ref _taken);
                _pause = taken > _takenAtLast ? ShortPause : _pause < LongPause ? 2 * _pause : LongPause;
                (_takenAtLast, _last) = (taken, Stopwatch.GetTimestamp());
                _gate.Exit();
            }
        }
    }
}
