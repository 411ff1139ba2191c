// What this machine's kernel has to confine a process with.
using Recon.Sandbox.Kernel;

namespace Recon.Sandbox;

/// <param name="FilesVersion">Version of Landlock: which files; 0 where there is none.</param>
/// <param name="HasCallFilter">Seccomp: which calls of the kernel.</param>
/// <param name="HasOtherUser">The process gets a user that owns nothing: only where this one is root.</param>
public sealed record SandboxControls(int FilesVersion, bool HasCallFilter, bool HasOtherUser)
{
    /// <summary>As the kernel says now.</summary>
    public static SandboxControls OfThisMachine() => new(Landlock.Version, SystemCallFilter.IsKnown, OtherUser.IsPossible);

    /// <summary>Code that is not trusted is run only where both are there.</summary>
    public bool AreEnough => FilesVersion > 0 && HasCallFilter;

    /// <summary>What is missing, in words; empty where nothing is.</summary>
    public string Missing => string.Join(" and ", new[]
    {
        FilesVersion > 0 ? null : "landlock (which files a process sees)",
        HasCallFilter ? null : "seccomp (which calls of the kernel it may make)",
    }.OfType<string>());
}
