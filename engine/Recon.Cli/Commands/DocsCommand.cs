// recon docs: a pack as a policy that people read.
using System.CommandLine;
using Recon.Cli.Outputs;
using Recon.Cli.Workspaces;
using Recon.Reports;
using Recon.Reports.Policy;

namespace Recon.Cli.Commands;

static class DocsCommand
{
    static readonly Argument<string[]> Targets = PackTargets.Argument();
    static readonly PackOpener Packs = new();

    static readonly IReadOnlyDictionary<string, ReportFormat> Formats =
        Report.Formats.Where(known => known.Value != ReportFormat.Json).ToDictionary(StringComparer.Ordinal);

    static readonly Option<string[]> Outputs = new("--out") { Description = "FORMAT=PATH with pretty, md or html, where '-' is stdout; repeatable" };

    internal static Command Create()
    {
        var command = new Verb("docs",
            "Tells a pack in words: what is compared and matched, how breaks are named, who does what, with the tests as examples.",
            "recon docs rules/card-payments",
            "recon docs rules/card-payments --out html=policy.html")
        {
            Targets, Packs.Environment, Packs.Parameters, Outputs,
        };
        command.SetAction((parsed, cancellation) => Task.FromResult(Tell(parsed, cancellation)));
        return command;
    }

    static int Tell(ParseResult parsed, CancellationToken cancellation)
    {
        var targets = CommonOptions.TargetsOf(parsed.GetValue(Outputs), Formats);
        var packs = PackTargets.Of(parsed.GetValue(Targets)!).ToList();
        OutputTarget.RequireOneEach(packs.Count, targets);
        foreach (var (workspace, directory) in packs)
        {
            using var loaded = Packs.OpenOrStop(parsed, workspace, directory, cancellation);
            var own = targets.Select(target => target.For(loaded.Pack!.Id)).ToList();
            new OutputGuard(workspace, []).Check(own);
            foreach (var target in own.Count == 0 ? [new OutputTarget(ReportFormat.Pretty, "-")] : own)
            {
                target.Write((stream, options) => PolicyReport.Write(loaded.Pack!, loaded.Tests, target.Format!.Value, stream, options));
            }
        }

        return ExitCode.Fine;
    }
}
