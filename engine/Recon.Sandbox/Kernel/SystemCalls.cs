// The calls of the Linux kernel that confine a process, as the C library hands them on.
using System.Runtime.InteropServices;

namespace Recon.Sandbox.Kernel;

/// <summary>Numbers and structures of x86-64 and arm64: <c>linux/landlock.h</c>, <c>prctl.h</c>, <c>capability.h</c>, <c>resource.h</c>.</summary>
static unsafe partial class SystemCalls
{
    internal const int NoNewPrivileges = 38;
    internal const int KeepCapabilities = 8;
    internal const int SetDumpable = 4;
    internal const int AmbientCapability = 47;

    /// <summary>The numbers of the calls differ from machine to machine; others than these two are not confined.</summary>
    internal static bool IsKnownMachine => OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture is Architecture.X64 or Architecture.Arm64;

    internal static bool IsX64 => RuntimeInformation.ProcessArchitecture == Architecture.X64;

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    internal static partial nint Call(nint number, nint first, nint second, nint third, nint fourth);

    [LibraryImport("libc", EntryPoint = "prctl", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    internal static partial int Control(int option, nuint first, nuint second, nuint third, nuint fourth);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    internal static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    internal static partial int Close(int file);

    [LibraryImport("libc", EntryPoint = "geteuid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    internal static partial uint EffectiveUser();

    [LibraryImport("libc", EntryPoint = "setrlimit", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    internal static partial int Limit(int resource, ulong* softAndHard);

    [LibraryImport("libc", EntryPoint = "chown", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    internal static partial int ChangeOwner(string path, uint user, uint group);

    /// <exception cref="SandboxException">The kernel refused: a process that is half confined must not go on.</exception>
    internal static nint Demand(nint answer, string what) => answer >= 0
        ? answer
        : throw new SandboxException($"{what}: the kernel refused (error {Marshal.GetLastPInvokeError()})");
}
