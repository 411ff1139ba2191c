// recon check: every finding about packs, all at once.
using System.CommandLine;
using Recon.Cli.Confining;
using Recon.Cli.Outputs;
using Recon.Cli.Workspaces;
using Recon.Model;
using Recon.Model.Rules;
using Recon.Packs;
using Recon.Reports;
using Recon.Reports.Checking;

namespace Recon.Cli.Commands;

static class CheckCommand
{
    static readonly Argument<string[]> Targets = PackTargets.Argument();
    static readonly PackOpener Opener = new();
    static readonly Option<string[]> Outputs = CommonOptions.ReviewOutputs();
    static readonly Option<string[]> FailOn = new("--fail-on") { Description = "warning: exit 3 where there are warnings only" };

    static readonly Option<bool> Expand = new("--expand")
    {
        Description = "Print each pack as it is understood: every default written out, every parameter with the value of the environment",
    };

    internal static Command Create()
    {
        FailOn.AcceptOnlyFromAmong("warning");
        var command = new Verb("check",
            "Checks packs: language, C#, names, types and logic, every finding with its place.",
            "recon check rules/card-payments",
            "recon check examples/card-payments rules/bank-to-ledger --fail-on warning",
            "recon check rules/card-payments --expand --env prod",
            "recon check rules/card-payments --out sarif=check.sarif --out junit=check.xml")
        {
            Targets, Opener.Environment, Opener.Parameters, FailOn, Expand, Outputs, TrustOf.Untrusted,
        };
        command.SetAction((parsed, cancellation) => Task.FromResult(Check(parsed, cancellation)));
        return command;
    }

    static int Check(ParseResult parsed, CancellationToken cancellation)
    {
        var targets = CommonOptions.TargetsOf(parsed.GetValue(Outputs), Report.ReviewFormats);
        if (parsed.GetValue(Expand))
        {
            return targets.Count == 0 ? PrintExpanded(parsed, cancellation)
                : throw new UsageException("--expand: it prints packs; leave --out away");
        }

        var result = Checked(parsed, targets, cancellation);
        foreach (var target in targets)
        {
            target.Write((stream, _) => CheckReport.Write(result, target.Format!.Value, stream));
        }

        return result.HasErrors ? ExitCode.PackWrong
            : result.Diagnostics.Count > 0 && (parsed.GetValue(FailOn) ?? []).Contains("warning") ? ExitCode.Warnings
            : ExitCode.Fine;
    }

    // The text is a pack again, and binds to the same rules.
    static int PrintExpanded(ParseResult parsed, CancellationToken cancellation)
    {
        foreach (var (workspace, directory) in PackTargets.Of(parsed.GetValue(Targets)!))
        {
            using var loaded = Opener.OpenOrStop(parsed, workspace, directory, cancellation);
            var environment = parsed.GetValue(Opener.Environment) is { } named ? $"environment {named}" : "no environment";
            Console.Out.Write($"# {loaded.Pack!.Id} {loaded.Pack.Version} as it is understood, {environment}\n{loaded.Pack.Canonical}");
        }

        return ExitCode.Fine;
    }

    static CheckResult Checked(ParseResult parsed, IReadOnlyList<OutputTarget> targets, CancellationToken cancellation)
    {
        var packs = new List<CheckedPack>();
        var together = new List<Diagnostic>();
        var alone = new List<Pack?>();
        var progress = targets.Count == 0 ? Console.Out : TextWriter.Null;
        foreach (var workspace in PackTargets.Workspaces(parsed.GetValue(Targets)!))
        {
            new OutputGuard(workspace, []).Check(targets);
            var bound = workspace.Packs.Select(directory => CheckOne(parsed, workspace, directory, packs, progress, cancellation)).ToList();
            if (workspace.IsPackAlone)
            {
                alone.AddRange(bound);
            }
            else
            {
                CheckTogether(bound, together, progress);
            }
        }

        // Who names several packs means them together; of one by itself nobody can say which others there are.
        if (alone.Count > 1)
        {
            CheckTogether(alone, together, progress);
        }

        return new CheckResult(packs, together);
    }

    static Pack? CheckOne(
        ParseResult parsed, OpenedWorkspace workspace, string directory, List<CheckedPack> packs, TextWriter progress, CancellationToken cancellation)
    {
        using var loaded = Opener.Open(parsed, workspace, directory, cancellation);
        var pack = loaded.HasErrors ? null : loaded.Pack;
        packs.Add(new CheckedPack(DisplayPath.Of(directory), pack?.Id, pack?.Version, Summary(loaded), loaded.Diagnostics));
        CheckReport.Write(packs[^1], progress);
        return loaded.Pack;
    }

    // The id of a pack that is wrong is not known, so that others may well name it.
    static void CheckTogether(List<Pack?> packs, List<Diagnostic> together, TextWriter progress)
    {
        if (packs.TrueForAll(pack => pack is not null))
        {
            var found = PackReferences.Check([.. packs.OfType<Pack>()]);
            CheckReport.Write(found, progress);
            together.AddRange(found);
        }
    }

    static string Summary(LoadedPack loaded) => loaded.Pack is null || loaded.HasErrors
        ? $"{loaded.Diagnostics.Count} found"
        : $"{loaded.Pack.Id} {loaded.Pack.Version} is fine ({Counted(loaded.Pack.Sources.Count, "source")}, "
            + $"{Counted(loaded.Pack.Passes.Count, "pass")}, {Counted(loaded.Pack.Classes.Count, "class")}, "
            + $"{Counted(loaded.Tests.Count, "test")})";

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
