// recon fix: applies what the checker offers to mend, and shows the difference first.
using System.CommandLine;
using System.Text;
using Recon.Cli.Fixing;
using Recon.Cli.Outputs;
using Recon.Cli.Workspaces;
using Recon.Model;
using Recon.Reports.Checking;

namespace Recon.Cli.Commands;

static class FixCommand
{
    static readonly Argument<string[]> Targets = PackTargets.Argument();
    static readonly PackOpener Packs = new();
    static readonly Option<bool> Yes = new("--yes", "-y") { Description = "Write the files without asking" };
    static readonly Option<bool> DryRun = new("--dry-run") { Description = "Show the difference and write nothing; exit 2 where there is one" };

    internal static Command Create()
    {
        var command = new Verb("fix",
            "Applies the fixes that 'recon check' offers (names that are nearly right, C# that YAML cannot carry) and shows the difference first.",
            "recon fix rules/card-payments",
            "recon fix rules/card-payments --dry-run",
            "recon fix rules/card-payments --yes")
        {
            Targets, Packs.Environment, Packs.Parameters, Yes, DryRun,
        };
        command.SetAction((parsed, cancellation) => Task.FromResult(Fix(parsed, cancellation)));
        return command;
    }

    static int Fix(ParseResult parsed, CancellationToken cancellation)
    {
        var exits = PackTargets.Of(parsed.GetValue(Targets)!)
            .Select(target => FixPack(parsed, target.Workspace, target.Directory, cancellation)).ToList();
        return exits.Contains(ExitCode.PackWrong) ? ExitCode.PackWrong : exits.DefaultIfEmpty(ExitCode.Fine).Max();
    }

    static int FixPack(ParseResult parsed, OpenedWorkspace workspace, string directory, CancellationToken cancellation)
    {
        var pack = FixedPack.Of(directory, Packs.OptionsOf(parsed, workspace), cancellation);
        foreach (var file in pack.Files)
        {
            Console.Out.Write(LineDifference.Of(file.Name, file.Before, file.After));
        }

        var changed = pack.Files.Where(file => file.Before != file.After).ToList();
        var isWritten = changed.Count > 0 && !parsed.GetValue(DryRun) && (parsed.GetValue(Yes) || IsConfirmed(pack.Applied));
        if (isWritten)
        {
            changed.ForEach(Write);
        }

        CheckReport.Write(pack.Left, Console.Error);
        Console.Error.WriteLine($"recon: {DisplayPath.Of(directory)}: {Told(pack, isWritten)}");
        return changed.Count > 0 && !isWritten ? ExitCode.Differences
            : pack.Left.Any(found => found.Severity == Severity.Error) ? ExitCode.PackWrong
            : ExitCode.Fine;
    }

    static string Told(FixedPack pack, bool isWritten)
    {
        var left = pack.Left.Count == 0 ? "nothing is left" : $"{pack.Left.Count} left for you";
        var fixes = $"{pack.Applied} fix{(pack.Applied == 1 ? "" : "es")}";
        return pack.Applied == 0 ? $"nothing to fix, {left}"
            : isWritten ? $"{fixes} applied, {left}"
            : $"{fixes} offered, nothing written (--yes writes); with them {left}";
    }

    // Whoever is not at a terminal has to say so beforehand.
    static bool IsConfirmed(int fixes)
    {
        if (Console.IsInputRedirected || Console.IsOutputRedirected)
        {
            return false;
        }

        Console.Error.Write($"recon: apply {fixes} fix{(fixes == 1 ? "" : "es")}? [y/N] ");
        return Console.In.ReadLine()?.Trim() is "y" or "Y" or "yes";
    }

    static void Write(FixedFile file) => new OutputTarget(Reports.ReportFormat.Pretty, file.Path)
        .Write((stream, _) => stream.Write(Encoding.UTF8.GetBytes(file.After)));
}
