// Collects what is wrong: everything at once, in the end sorted and bounded.
using Recon.Model;

namespace Recon.Packs.Diagnosing;

sealed class Report
{
    /// <summary>More than this many help nobody; the last one says how many were left out.</summary>
    public const int MostDiagnostics = 100;

    readonly HashSet<Diagnostic> _all = [];

    public bool HasErrors => _all.Any(diagnostic => diagnostic.Severity == Severity.Error);

    public void Add(Finding finding, Place place, string? hint, params string[] parts) =>
        _all.Add(finding.At(place, hint, parts));

    /// <summary>What another stage found.</summary>
    public void Add(Diagnostic diagnostic) => _all.Add(diagnostic);

    /// <summary>As <see cref="Add(Finding, Place, string?, string[])"/>, with what would mend it.</summary>
    public void Offer(Finding finding, Place place, string? hint, Edit? fix, params string[] parts) =>
        _all.Add(finding.At(place, hint, parts) with { Fix = fix });

    /// <summary>Takes back what was said about a line, because something of more weight is said there now.</summary>
    public void Withdraw(Finding finding, string file, int line) =>
        _all.RemoveWhere(
            known => known.Code == finding.Code && known.Place.File == file && known.Place.Line == line);

    /// <summary>By file, line, column and code; errors are kept before warnings where there are too many.</summary>
    public IReadOnlyList<Diagnostic> Sorted()
    {
        var sorted = Ordered(_all).ToList();
        if (sorted.Count <= MostDiagnostics)
        {
            return sorted;
        }

        var kept = Ordered(
            sorted.OrderByDescending(diagnostic => diagnostic.Severity).Take(MostDiagnostics - 1))
            .ToList();
        var left = sorted.Except(kept).ToList();
        kept.Add(Findings.MoreFindings.At(left[0].Place, "mend these first", $"{left.Count}"));
        return [.. Ordered(kept)];
    }

    static IOrderedEnumerable<Diagnostic> Ordered(IEnumerable<Diagnostic> diagnostics) => diagnostics
        .OrderBy(diagnostic => diagnostic.Place.File, StringComparer.Ordinal)
        .ThenBy(diagnostic => diagnostic.Place.Line)
        .ThenBy(diagnostic => diagnostic.Place.Column)
        .ThenBy(diagnostic => diagnostic.Code, StringComparer.Ordinal)
        .ThenBy(diagnostic => diagnostic.Message, StringComparer.Ordinal);
}
