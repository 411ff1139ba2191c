// A file without a name, mapped into memory.
using System.Buffers;
using System.IO.MemoryMappedFiles;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Recon.Store.Spilling;

/// <summary>Its room on the disk is taken when it is created: a full disk is told then, never by a signal when a page is written.</summary>
sealed unsafe partial class MappedFile : IDisposable
{
    // Linux: the pages leave this process and stay with the file.
    const int DontNeed = 4;

    const int ZerosTogether = 1 << 20;

    readonly MemoryMappedViewAccessor _view;
    readonly byte* _bytes;
    bool _isDisposed;

    MappedFile(MemoryMappedViewAccessor view, long bytes)
    {
        (_view, Bytes) = (view, bytes);
        view.SafeMemoryMappedViewHandle.AcquirePointer(ref _bytes);
        _bytes += view.PointerOffset;
    }

    public long Bytes { get; }

    /// <exception cref="IOException">There is no room, or the folder is not there.</exception>
    /// <exception cref="UnauthorizedAccessException">Nobody may write there.</exception>
    public static MappedFile Create(string folder, long bytes)
    {
        var path = Path.Combine(folder, $"recon-{Guid.NewGuid():N}.spill");
        using var handle = File.OpenHandle(
            path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None,
            OperatingSystem.IsWindows() ? FileOptions.DeleteOnClose : FileOptions.None);
        if (!OperatingSystem.IsWindows())
        {
            File.Delete(path);
        }

        TakeRoom(handle, bytes);
        using var mapped = MemoryMappedFile.CreateFromFile(
            handle, mapName: null, bytes, MemoryMappedFileAccess.ReadWrite, HandleInheritability.None, leaveOpen: true);
        return new MappedFile(mapped.CreateViewAccessor(0, bytes), bytes);
    }

    public Span<T> Values<T>(int count)
        where T : unmanaged
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        return new Span<T>(_bytes, count);
    }

    /// <summary>Takes the pages out of this process; whoever touches one finds it again, in the system's cache or on the disk.</summary>
    public void LetGo()
    {
        if (OperatingSystem.IsLinux())
        {
            _ = Advise(_bytes, (nuint)Bytes, DontNeed);
        }
    }

    public void Dispose()
    {
        _isDisposed = true;
        _view.SafeMemoryMappedViewHandle.ReleasePointer();
        _view.Dispose();
    }

    // Where the file system cannot take room that nothing is written to, zeros are written: a hole has no room on the disk.
    static void TakeRoom(SafeFileHandle handle, long bytes)
    {
        if (OperatingSystem.IsLinux() && Allocate(handle, 0, bytes) == 0)
        {
            return;
        }

        var zeros = new byte[Math.Min(bytes, ZerosTogether)];
        for (var start = 0L; start < bytes; start += zeros.Length)
        {
            RandomAccess.Write(handle, zeros.AsSpan(0, (int)Math.Min(zeros.Length, bytes - start)), start);
        }
    }

    // POSIX; the number of an error, 0 for none.
    [LibraryImport("libc", EntryPoint = "posix_fallocate")]
    private static partial int Allocate(SafeFileHandle handle, long start, long length);

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Advise(void* start, nuint length, int advice);
}

/// <summary>The values of a mapped file.</summary>
sealed class MappedValues<T>(MappedFile file, int count) : MemoryManager<T>
    where T : unmanaged
{
    public override Span<T> GetSpan() => file.Values<T>(count);

    public override MemoryHandle Pin(int elementIndex = 0) => throw new NotSupportedException("nobody pins columns");

    public override void Unpin()
    {
    }

    // The memory that made the file gives it back.
    protected override void Dispose(bool disposing)
    {
    }
}
