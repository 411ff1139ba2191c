// Which tests need a kernel that can confine.
using Recon.Sandbox;

namespace Recon.Tests.Sandbox;

static class Kernel
{
    /// <summary>Shown where a test is skipped.</summary>
    public const string WhySkipped = "this machine's kernel has no landlock or no seccomp";

    public static bool CanConfine => SandboxControls.OfThisMachine().AreEnough;
}
