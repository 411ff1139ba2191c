// What stdout and stderr can show.
using Recon.Reports;
using Recon.Reports.Sections;
using Recon.Runs.Results;

namespace Recon.Cli.Outputs;

static class Terminal
{
    // Narrower than this nothing can be read; a file gets the default width.
    const int LeastWidth = 40;

    internal static bool HasColour => !Console.IsOutputRedirected && NoColour is null or "";

    static string? NoColour => Environment.GetEnvironmentVariable("NO_COLOR");

    internal static ReportOptions Options(MatchListing matches) => ReportOptions.Default with
    {
        Matches = matches,
        Colour = HasColour,
        Width = Console.IsOutputRedirected ? ReportOptions.Default.Width : Math.Max(Console.WindowWidth, LeastWidth),
    };

    internal static void Print(params IReadOnlyList<Section> sections)
    {
        using var stdout = Console.OpenStandardOutput();
        PrettyReport.Write(sections, stdout, Options(MatchListing.All));
    }

    /// <summary>As <see cref="Print"/>, one at a time as it comes, an empty line behind each.</summary>
    internal static void PrintEach(IEnumerable<Section> sections)
    {
        foreach (var section in sections)
        {
            Print(section);
            Console.Out.WriteLine();
        }
    }
}
