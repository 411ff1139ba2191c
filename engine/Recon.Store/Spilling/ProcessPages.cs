// What this process holds in memory.
using System.Globalization;

namespace Recon.Store.Spilling;

static class ProcessPages
{
    /// <summary>Bytes in memory now, pages of mapped files included; 0 where the system does not say it cheaply.</summary>
    public static long Bytes()
    {
        if (!OperatingSystem.IsLinux())
        {
            return 0;
        }

        var fields = File.ReadAllText("/proc/self/statm").AsSpan();
        var start = fields.IndexOf(' ') + 1;
        var pages = fields[start..];
        return long.Parse(pages[..pages.IndexOf(' ')], NumberStyles.None, CultureInfo.InvariantCulture) * Environment.SystemPageSize;
    }
}
