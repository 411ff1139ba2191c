// Asks the system to back the managed heap with large pages.
using System.Globalization;
using System.Runtime.InteropServices;

namespace Recon.Cli;

/// <summary>
/// Memory that a run touches for the first time costs more than what is done in it: the system is asked for each page of 4 KiB. Where it
/// gives pages of 2 MiB to those who ask (<c>transparent_hugepage</c> is <c>madvise</c>, as Debian and Ubuntu set it), the heap asks.
/// </summary>
static class LargePages
{
    // MADV_HUGEPAGE of madvise(2).
    const int Advice = 14;

    /// <summary>Asks for the addresses that the collector has reserved. Where nobody knows of it, nothing happens.</summary>
    internal static void AskFor()
    {
        if (!OperatingSystem.IsLinux() || !File.Exists("/proc/self/maps"))
        {
            return;
        }

        var probe = GCHandle.Alloc(new byte[1], GCHandleType.Pinned);
        var (start, end) = Around((ulong)probe.AddrOfPinnedObject(), File.ReadLines("/proc/self/maps"));
        probe.Free();
        if (end > start)
        {
            _ = Advise((nint)start, (nuint)(end - start), Advice);
        }
    }

    /// <summary>The run of mappings of no file, one directly behind the other, in which an address lies; empty where there is none.</summary>
    /// <param name="maps">Lines as in proc(5): <c>7f01a000-7f01c000 rw-p 00000000 00:00 0 [name]</c>, ascending.</param>
    internal static (ulong Start, ulong End) Around(ulong address, IEnumerable<string> maps)
    {
        var (start, end) = (0UL, 0UL);
        foreach (var line in maps)
        {
            var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            var (from, to) = (Address(words[0].Split('-')[0]), Address(words[0].Split('-')[1]));
            if (words.Length > 5 || from != end)
            {
                if (address < end)
                {
                    break;
                }

                start = from;
            }

            end = words.Length > 5 ? 0 : to;
        }

        return address >= start && address < end ? (start, end) : (0, 0);
    }

    static ulong Address(string text) => ulong.Parse(text, NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    [DllImport("libc", EntryPoint = "madvise")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    static extern int Advise(nint address, nuint length, int advice);
}
