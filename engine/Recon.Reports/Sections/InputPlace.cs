// Where a row came from, as people look it up.
using System.Globalization;

namespace Recon.Reports.Sections;

static class InputPlace
{
    /// <summary><c>psp.csv:12</c>; without line where lines mean nothing, empty without file.</summary>
    internal static string Of(string? file, int? line) =>
        file is null ? "" : line is null ? file : string.Create(CultureInfo.InvariantCulture, $"{file}:{line}");
}
