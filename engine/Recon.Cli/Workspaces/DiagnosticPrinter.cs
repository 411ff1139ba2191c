// Shows the findings about packs, all at once.
using Recon.Model;
using Recon.Reports.Checking;

namespace Recon.Cli.Workspaces;

static class DiagnosticPrinter
{
    /// <summary>Prints everything to stderr and ends the command where there is an error.</summary>
    internal static void StopOnErrors(IReadOnlyList<Diagnostic> diagnostics)
    {
        CheckReport.Write(diagnostics, Console.Error);
        if (diagnostics.Any(diagnostic => diagnostic.Severity == Severity.Error))
        {
            throw new PackWrongException();
        }
    }
}
