// The schema of a store, compared with the one that this engine knows.
namespace Recon.Store;

/// <summary>The schema of a store as it is now.</summary>
/// <param name="Run">Names of the scripts that were run, in their order.</param>
/// <param name="Missing">Names of those that were not, in their order.</param>
public sealed record SchemaStatus(IReadOnlyList<string> Run, IReadOnlyList<string> Missing)
{
    public bool IsCurrent => Missing.Count == 0;
}
