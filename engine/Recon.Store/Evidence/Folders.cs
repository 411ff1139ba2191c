// Makes a folder's list of files survive a loss of power, as the files themselves do.
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Recon.Store.Evidence;

public static partial class Folders
{
    // O_RDONLY of Linux and of macOS.
    const int ReadOnly = 0;

    /// <summary>Makes it with all that lead to it.</summary>
    /// <param name="root">Of the folders below it the lists are synced, too.</param>
    public static void Make(string root, string folder)
    {
        if (Directory.Exists(folder))
        {
            return;
        }

        Directory.CreateDirectory(folder);
        for (var at = folder; at.Length > root.Length; at = Path.GetDirectoryName(at)!)
        {
            Sync(Path.GetDirectoryName(at)!);
        }
    }

    /// <summary>.NET opens no folder. Windows keeps the list in its log; a file system that cannot sync one has its own way.</summary>
    public static void Sync(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using var handle = new SafeFileHandle(Open(folder, ReadOnly), ownsHandle: true);
        if (!handle.IsInvalid)
        {
            _ = Sync(handle);
        }
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync")]
    private static partial int Sync(SafeFileHandle handle);
}
