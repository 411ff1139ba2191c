// A lock that the operating system holds for a process, and takes back when the process dies.
using System.Diagnostics;
using Recon.Model;

namespace Recon.Store;

/// <summary>Locks stand as empty files in <c>STORE.locks</c>.</summary>
/// <remarks>The files stay: to delete one would let two processes lock two files of the same name.</remarks>
static class LockFile
{
    // "Used by another process": errno EAGAIN of Linux and of macOS, ERROR_SHARING_VIOLATION of Windows.
    static readonly int[] HeldElsewhere = [11, 35, unchecked((int)0x80070020)];

    /// <summary>Null where another holds it.</summary>
    /// <exception cref="ReconException"><see cref="FaultKind.Storage"/>: the file cannot be made.</exception>
    public static FileStream? TryTake(string store, string name)
    {
        var path = Path.Combine(FolderOf(store), name);
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
        }
        catch (IOException fault) when (HeldElsewhere.Contains(fault.HResult))
        {
            return null;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new ReconException($"{path}: the lock cannot be made: {fault.Message}", FaultKind.Storage, inner: fault);
        }
    }

    /// <summary>All that were ever taken beside this store.</summary>
    public static IEnumerable<string> NamesTaken(string store) => Directory.Exists(FolderOf(store))
        ? Directory.EnumerateFiles(FolderOf(store)).Select(file => Path.GetFileName(file))
        : [];

    /// <exception cref="ReconException"><see cref="FaultKind.Storage"/>, transient: it was not free in time.</exception>
    public static FileStream Wait(string store, string name, TimeSpan atMost)
    {
        var waited = Stopwatch.StartNew();
        while (true)
        {
            if (TryTake(store, name) is { } taken)
            {
                return taken;
            }

            if (waited.Elapsed > atMost)
            {
                throw new ReconException($"{store}: another process holds '{name}'", FaultKind.Storage, isTransient: true);
            }

            Thread.Sleep(20);
        }
    }

    static string FolderOf(string store) => $"{store}.locks";
}
