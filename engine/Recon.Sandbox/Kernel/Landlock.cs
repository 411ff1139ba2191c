// Which files a thread, and every process that it starts, may read and write: everything else is closed, and TCP with it.
using System.Runtime.InteropServices;

namespace Recon.Sandbox.Kernel;

/// <summary>
/// Landlock, <c>Documentation/userspace-api/landlock.rst</c> of Linux 5.13 and later. The rules are a list of what is allowed; they hold for the
/// calling thread and are handed down, and nobody takes them back.
/// </summary>
static unsafe class Landlock
{
    const int CreateRuleset = 444;
    const int AddRule = 445;
    const int RestrictSelf = 446;
    const int PathBeneath = 1;
    const int AskVersion = 1;

    // O_PATH and O_CLOEXEC.
    const int PathOnly = 0x200000 | 0x80000;

    const ulong Execute = 1;
    const ulong WriteFile = 1 << 1;
    const ulong ReadFile = 1 << 2;
    const ulong ReadFolder = 1 << 3;
    const ulong RemoveFolder = 1 << 4;
    const ulong RemoveFile = 1 << 5;
    const ulong MakeFolder = 1 << 7;
    const ulong MakeFile = 1 << 8;
    const ulong Refer = 1 << 13;
    const ulong Truncate = 1 << 14;

    [StructLayout(LayoutKind.Sequential)]
    struct Ruleset
    {
        public ulong Files;
        public ulong Network;
        public ulong Scopes;
    }

    [StructLayout(LayoutKind.Sequential, Pack = 1)]
    struct Beneath
    {
        public ulong Access;
        public int Parent;
    }

    /// <summary>The version of the kernel's interface; 0 where it has none, or has it switched off.</summary>
    internal static int Version => SystemCalls.IsKnownMachine ? Math.Max(0, (int)SystemCalls.Call(CreateRuleset, 0, 0, AskVersion, 0)) : 0;

    /// <summary>Closes everything to the calling thread but what is listed. Paths that are not there are passed over.</summary>
    /// <param name="folders">Their names may be listed, and nothing in them be read.</param>
    /// <exception cref="SandboxException">The kernel refused.</exception>
    internal static void Restrict(IEnumerable<string> programs, IEnumerable<string> readable, IEnumerable<string> folders, IEnumerable<string> writable)
    {
        var version = Version;
        var known = KnownAccess(version);
        var ruleset = new Ruleset { Files = known, Network = version >= 4 ? 3UL : 0, Scopes = version >= 6 ? 3UL : 0 };
        var size = version >= 6 ? sizeof(Ruleset) : version >= 4 ? 2 * sizeof(ulong) : sizeof(ulong);
        var rules = (int)SystemCalls.Demand(SystemCalls.Call(CreateRuleset, (nint)(&ruleset), size, 0, 0), "landlock");
        try
        {
            Allow(rules, programs, Execute | ReadFile | ReadFolder);
            Allow(rules, readable, ReadFile | ReadFolder);
            Allow(rules, folders, ReadFolder);
            Allow(rules, writable,
                (ReadFile | ReadFolder | WriteFile | MakeFile | MakeFolder | RemoveFile | RemoveFolder | Truncate | Refer) & known);
            SystemCalls.Demand(SystemCalls.Control(SystemCalls.NoNewPrivileges, 1, 0, 0, 0), "no new privileges");
            SystemCalls.Demand(SystemCalls.Call(RestrictSelf, rules, 0, 0, 0), "landlock");
        }
        finally
        {
            _ = SystemCalls.Close(rules);
        }
    }

    static ulong KnownAccess(int version) => version switch
    {
        >= 5 => 0xFFFF,
        >= 3 => 0x7FFF,
        2 => 0x3FFF,
        _ => 0x1FFF,
    };

    static void Allow(int rules, IEnumerable<string> paths, ulong access)
    {
        foreach (var path in paths)
        {
            var opened = SystemCalls.Open(path, PathOnly);
            if (opened < 0)
            {
                continue;
            }

            const ulong OfFiles = Execute | WriteFile | ReadFile | Truncate;
            var beneath = new Beneath { Access = Directory.Exists(path) ? access : access & OfFiles, Parent = opened };
            if (beneath.Access != 0)
            {
                SystemCalls.Demand(SystemCalls.Call(AddRule, rules, PathBeneath, (nint)(&beneath), 0), $"landlock, {path}");
            }

            _ = SystemCalls.Close(opened);
        }
    }
}
