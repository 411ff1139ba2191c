// Shows the findings about packs, all at once.
using Recon.Model;
using Recon.Packs;

namespace Recon.Cli.Workspaces;

static class DiagnosticPrinter
{
    /// <summary>Prints everything to stderr and ends the command where there is an error.</summary>
    internal static void StopOnErrors(IReadOnlyList<Diagnostic> diagnostics)
    {
        Print(diagnostics, Console.Error);
        if (diagnostics.Any(diagnostic => diagnostic.Severity == Severity.Error))
        {
            throw new PackWrongException();
        }
    }

    internal static void Print(IReadOnlyList<Diagnostic> diagnostics, TextWriter target)
    {
        foreach (var diagnostic in diagnostics)
        {
            target.WriteLine(DiagnosticText.Render(diagnostic));
        }
    }
}
