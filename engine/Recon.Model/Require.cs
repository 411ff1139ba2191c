// Assertions about our own code: one that fails is a bug of ours and ends the run.
using System.Runtime.CompilerServices;

namespace Recon.Model;

/// <summary>Our own mistakes. Never caught below <c>Main</c>; never used for what a user or a file can cause.</summary>
public static class Require
{
    public static void That(bool condition, [CallerArgumentExpression(nameof(condition))] string? claim = null)
    {
        if (!condition)
        {
            throw new InvalidOperationException($"bug: not ({claim})");
        }
    }
}
