// The front door of the layout: a file of a pack in, the same file in the one layout out.
using Recon.Model;
using Recon.Packs.Arranging;
using Recon.Packs.Diagnosing;
using Recon.Packs.Reading;

namespace Recon.Packs;

/// <summary>A file in the one layout, or what keeps it from that.</summary>
/// <param name="Text">LF line ends; null where there is an error, and where no layout of ours says what the file says.</param>
/// <param name="Diagnostics">Of its YAML alone: what the keys mean is not looked at.</param>
public sealed record ArrangedPack(string? Text, IReadOnlyList<Diagnostic> Diagnostics);

public static class PackArranger
{
    /// <summary>
    /// Pure. Arranging what was arranged changes nothing, and the file says what it said. Lines begin two blanks in for each level, one blank stands where
    /// YAML asks for one, none at an end of a line, and never two blank lines; quotes, brackets, order and comments stay as they were written.
    /// </summary>
    public static ArrangedPack Arrange(PackText pack)
    {
        var report = new Report();
        var file = PackFileReader.Read(pack, report);
        if (file is null || SyntaxReader.Read(file, report) is null || report.HasErrors)
        {
            return new ArrangedPack(null, report.Sorted());
        }

        return new ArrangedPack(YamlArranger.Arrange(file.Text), []);
    }
}
