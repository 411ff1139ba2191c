// Makes the calling thread, and what it starts, a user that owns nothing.

namespace Recon.Sandbox.Kernel;

/// <summary>
/// Only root can. The kernel changes one thread where the C library would change all of a process, so it is asked itself. Of root's rights one is kept, to
/// read files whatever their rights say: which files those can be is for <see cref="Landlock"/> to say, and what belongs to other processes under
/// <c>/proc</c> asks for another right.
/// </summary>
static unsafe class OtherUser
{
    /// <summary>The user and group <c>nobody</c> of most systems.</summary>
    internal const uint Nobody = 65534;

    const int ReadAndSearch = 2;
    const uint CapabilityVersion = 0x20080522;
    const nuint RaiseAmbient = 2;

    internal static bool IsPossible => SystemCalls.IsKnownMachine && SystemCalls.EffectiveUser() == 0;

    /// <exception cref="SandboxException">The kernel refused.</exception>
    internal static void Become()
    {
        var (groups, group, user, rights) = SystemCalls.IsX64 ? (116, 119, 117, 126) : (159, 149, 147, 91);
        SystemCalls.Demand(SystemCalls.Control(SystemCalls.KeepCapabilities, 1, 0, 0, 0), "keep capabilities");
        SystemCalls.Demand(SystemCalls.Call(groups, 0, 0, 0, 0), "setgroups");
        SystemCalls.Demand(SystemCalls.Call(group, (nint)Nobody, (nint)Nobody, (nint)Nobody, 0), "setresgid");
        SystemCalls.Demand(SystemCalls.Call(user, (nint)Nobody, (nint)Nobody, (nint)Nobody, 0), "setresuid");
        var header = stackalloc uint[] { CapabilityVersion, 0 };
        // Effective, permitted, inheritable; the upper halves are none.
        var kept = stackalloc uint[] { 1U << ReadAndSearch, 1U << ReadAndSearch, 1U << ReadAndSearch, 0, 0, 0 };
        SystemCalls.Demand(SystemCalls.Call(rights, (nint)header, (nint)kept, 0, 0), "capset");
        SystemCalls.Demand(SystemCalls.Control(SystemCalls.AmbientCapability, RaiseAmbient, ReadAndSearch, 0, 0), "ambient capability");
    }
}
