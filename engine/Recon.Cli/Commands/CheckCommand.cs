// recon check: every finding about packs, all at once.
using System.CommandLine;
using Recon.Cli.Workspaces;
using Recon.Model;
using Recon.Model.Rules;
using Recon.Packs;

namespace Recon.Cli.Commands;

static class CheckCommand
{
    static readonly Argument<string[]> Targets = PackTargets.Argument();
    static readonly PackOpener Opener = new();
    static readonly Option<string[]> FailOn = new("--fail-on") { Description = "warning: exit 3 where there are warnings only" };

    internal static Command Create()
    {
        FailOn.AcceptOnlyFromAmong("warning");
        var command = new Verb("check",
            "Checks packs: language, C#, names, types and logic, every finding with its place.",
            "recon check rules/card-payments",
            "recon check examples/card-payments rules/bank-to-ledger --fail-on warning")
        {
            Targets, Opener.Environment, Opener.Parameters, FailOn,
        };
        command.SetAction((parsed, cancellation) => Task.FromResult(Check(parsed, cancellation)));
        return command;
    }

    static int Check(ParseResult parsed, CancellationToken cancellation)
    {
        var found = new List<Diagnostic>();
        var alone = new List<Pack?>();
        foreach (var workspace in PackTargets.Workspaces(parsed.GetValue(Targets)!))
        {
            var packs = workspace.Packs.Select(directory => CheckOne(parsed, workspace, directory, found, cancellation)).ToList();
            if (workspace.IsPackAlone)
            {
                alone.AddRange(packs);
            }
            else
            {
                CheckTogether(packs, found);
            }
        }

        // Who names several packs means them together; of one by itself nobody can say which others there are.
        if (alone.Count > 1)
        {
            CheckTogether(alone, found);
        }

        return found.Exists(diagnostic => diagnostic.Severity == Severity.Error) ? ExitCode.PackWrong
            : found.Count > 0 && (parsed.GetValue(FailOn) ?? []).Contains("warning") ? ExitCode.Warnings
            : ExitCode.Fine;
    }

    static Pack? CheckOne(
        ParseResult parsed, OpenedWorkspace workspace, string directory, List<Diagnostic> found, CancellationToken cancellation)
    {
        using var loaded = Opener.Open(parsed, workspace, directory, cancellation);
        Tell(loaded.Diagnostics, found);
        Console.Out.WriteLine(Summary(directory, loaded));
        return loaded.Pack;
    }

    // The id of a pack that is wrong is not known, so that others may well name it.
    static void CheckTogether(List<Pack?> packs, List<Diagnostic> found)
    {
        if (packs.TrueForAll(pack => pack is not null))
        {
            Tell(PackReferences.Check([.. packs.OfType<Pack>()]), found);
        }
    }

    static void Tell(IReadOnlyList<Diagnostic> diagnostics, List<Diagnostic> found)
    {
        DiagnosticPrinter.Print(diagnostics, Console.Out);
        found.AddRange(diagnostics);
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

    internal static IEnumerable<OpenedWorkspace> Workspaces(string[] paths) =>
        (paths.Length == 0 ? ["."] : paths).Select(path => OpenedWorkspace.Open(path));

    internal static IEnumerable<(OpenedWorkspace Workspace, string Directory)> Of(string[] paths) =>
        Workspaces(paths).SelectMany(workspace => workspace.Packs.Select(directory => (workspace, directory)));
}
