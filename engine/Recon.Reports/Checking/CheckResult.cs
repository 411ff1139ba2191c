// What a check of packs found: what every output of it renders.
using Recon.Model;

namespace Recon.Reports.Checking;

/// <summary>One pack that was checked.</summary>
/// <param name="Path">Its folder, as the user would type it.</param>
/// <param name="Id">Null where the pack is wrong.</param>
/// <param name="Summary">What is in it, or how much is wrong, in one line.</param>
/// <param name="Diagnostics">By place.</param>
public sealed record CheckedPack(string Path, string? Id, string? Version, string Summary, IReadOnlyList<Diagnostic> Diagnostics)
{
    public bool IsWrong => Diagnostics.Any(diagnostic => diagnostic.Severity == Severity.Error);
}

/// <param name="Together">What is wrong only between packs.</param>
public sealed record CheckResult(IReadOnlyList<CheckedPack> Packs, IReadOnlyList<Diagnostic> Together)
{
    /// <summary>Of each pack, then between them.</summary>
    public IReadOnlyList<Diagnostic> Diagnostics { get; } = [.. Packs.SelectMany(pack => pack.Diagnostics), .. Together];

    public bool HasErrors => Diagnostics.Any(diagnostic => diagnostic.Severity == Severity.Error);
}
