// recon check: every finding about packs, all at once.
using System.CommandLine;
using Recon.Cli.Workspaces;
using Recon.Model;

namespace Recon.Cli.Commands;

static class CheckCommand
{
    static readonly Argument<string[]> Targets = PackTargets.Argument();
    static readonly PackOpener Packs = new();
    static readonly Option<string[]> FailOn = new("--fail-on") { Description = "warning: exit 3 where there are warnings only" };

    internal static Command Create()
    {
        FailOn.AcceptOnlyFromAmong("warning");
        var command = new Verb("check",
            "Checks packs: language, C#, names, types and logic, every finding with its place.",
            "recon check rules/card-payments",
            "recon check examples/card-payments rules/bank-to-ledger --fail-on warning")
        {
            Targets, Packs.Environment, Packs.Parameters, FailOn,
        };
        command.SetAction((parsed, cancellation) => Task.FromResult(Check(parsed, cancellation)));
        return command;
    }

    static int Check(ParseResult parsed, CancellationToken cancellation)
    {
        var (errors, warnings) = (0, 0);
        foreach (var (workspace, directory) in PackTargets.Of(parsed.GetValue(Targets)!))
        {
            using var loaded = Packs.Open(parsed, workspace, directory, cancellation);
            DiagnosticPrinter.Print(loaded.Diagnostics, Console.Out);
            errors += loaded.Diagnostics.Count(diagnostic => diagnostic.Severity == Severity.Error);
            warnings += loaded.Diagnostics.Count(diagnostic => diagnostic.Severity == Severity.Warning);
            Console.Out.WriteLine(Summary(directory, loaded));
        }

        return errors > 0 ? ExitCode.PackWrong
            : warnings > 0 && (parsed.GetValue(FailOn) ?? []).Contains("warning") ? ExitCode.Warnings
            : ExitCode.Fine;
    }

    static string Summary(string directory, LoadedPack loaded)
    {
        var place = DisplayPath.Of(directory);
        return loaded.Pack is null || loaded.HasErrors
            ? $"{place}: {loaded.Diagnostics.Count} found"
            : $"{place}: {loaded.Pack.Id} {loaded.Pack.Version} is fine ({Counted(loaded.Pack.Sources.Count, "source")}, "
                + $"{Counted(loaded.Pack.Passes.Count, "pass")}, {Counted(loaded.Pack.Classes.Count, "class")}, "
                + $"{Counted(loaded.Tests.Count, "test")})";
    }

    static string Counted(int count, string noun) =>
        $"{count} {noun}{(count == 1 ? "" : noun.EndsWith('s') ? "es" : "s")}";
}

/// <summary>The packs that a verb is asked about: each argument is a pack or a workspace with its packs.</summary>
static class PackTargets
{
    internal static Argument<string[]> Argument() => new("PACK")
    {
        Description = "Folders with pack.yaml or recon.yaml; default: here",
        Arity = ArgumentArity.ZeroOrMore,
    };

    internal static IEnumerable<(OpenedWorkspace Workspace, string Directory)> Of(string[] paths)
    {
        foreach (var path in paths.Length == 0 ? ["."] : paths)
        {
            var workspace = OpenedWorkspace.Open(path);
            foreach (var directory in workspace.Packs)
            {
                yield return (workspace, directory);
            }
        }
    }
}
