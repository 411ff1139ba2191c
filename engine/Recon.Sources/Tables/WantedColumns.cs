// The columns of a file that the fields of a source read.
using Recon.Model;
using Recon.Model.Rules;

namespace Recon.Sources.Tables;

static class WantedColumns
{
    /// <summary>Each column once, in the order of the fields.</summary>
    public static IReadOnlyList<string> Of(SourceSpec source) =>
    [
        .. source.Fields.Where(field => field.Derived is null)
            .SelectMany(field => field.Columns).Distinct(StringComparer.Ordinal),
    ];

    /// <summary>Throws one fault that names all wanted columns which <paramref name="present"/> lacks.</summary>
    /// <param name="place">Where they were looked for: <c>psp.csv: line 1: the header</c>.</param>
    public static void Require(IEnumerable<string> wanted, IReadOnlyList<string> present, string place)
    {
        var missing = wanted.Except(present, StringComparer.Ordinal).ToList();
        if (missing.Count == 0)
        {
            return;
        }

        // A position is not misspelt: only headers have neighbours.
        var rest = present.Except(wanted, StringComparer.Ordinal).Where(name => !name.StartsWith('#')).ToList();
        var named = missing.Select(name => NearestName.Of(name, rest) is { } near
            ? $"'{name}' (did you mean '{near}'?)"
            : $"'{name}'");
        throw new ReconException(
            $"{place} has no column {string.Join(", ", named)}; it has: {Listed(present)}",
            FaultKind.InputWrong);
    }

    static string Listed(IReadOnlyList<string> names) =>
        string.Join(", ", names.Take(40).Select(Files.Printable.Of))
            + (names.Count > 40 ? $" and {names.Count - 40} more" : "");
}
