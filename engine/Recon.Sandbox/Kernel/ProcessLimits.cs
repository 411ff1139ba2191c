// What a process may take of the machine: time of the processor, size of a file, open files.
namespace Recon.Sandbox.Kernel;

/// <summary><c>setrlimit(2)</c>. Memory is limited by the collector's own bound: the runtime reserves far more addresses than it takes.</summary>
static unsafe class ProcessLimits
{
    const int ProcessorSeconds = 0;
    const int FileSize = 1;
    const int CoreSize = 4;
    const int OpenFiles = 7;

    const ulong MostOpenFiles = 1024;

    /// <exception cref="SandboxException">The kernel refused.</exception>
    internal static void Set(TimeSpan processor, long fileBytes)
    {
        Set(ProcessorSeconds, (ulong)processor.TotalSeconds);
        Set(FileSize, (ulong)fileBytes);
        Set(CoreSize, 0);
        Set(OpenFiles, MostOpenFiles);
    }

    static void Set(int resource, ulong most)
    {
        var both = stackalloc ulong[] { most, most };
        SystemCalls.Demand(SystemCalls.Limit(resource, both), "setrlimit");
    }
}
