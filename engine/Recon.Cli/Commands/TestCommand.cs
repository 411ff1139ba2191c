// recon test: the tests beside the rules.
using System.CommandLine;
using Recon.Cli.Confining;
using Recon.Cli.Outputs;
using Recon.Cli.Workspaces;
using Recon.Reports;
using Recon.Reports.Testing;
using Recon.Runs.Testing;

namespace Recon.Cli.Commands;

static class TestCommand
{
    static readonly Argument<string[]> Targets = PackTargets.Argument();
    static readonly Option<string?> Filter = new("--filter") { Description = "Only tests whose name contains this text" };
    static readonly PackOpener Packs = new();
    static readonly Option<bool> RequireTests = new("--require-tests") { Description = "Exit 5 where a pack has no test" };

    static readonly IReadOnlyDictionary<string, ReportFormat> Formats = Report.ReviewFormats
        .Where(known => known.Value is not (ReportFormat.Html or ReportFormat.Sarif)).ToDictionary(StringComparer.Ordinal);

    static readonly Option<string[]> Outputs = new("--out")
    {
        Description = "FORMAT=PATH with pretty, json, md, github or junit, where '-' is stdout; repeatable",
    };

    internal static Command Create()
    {
        var command = new Verb("test",
            "Runs the tests that stand beside the rules; each also with rows and sources in other orders, and twice.",
            "recon test rules/card-payments",
            "recon test rules/card-payments --filter rounding",
            "recon test rules/card-payments --out junit=tests.xml --out github=-")
        {
            Targets, Filter, Packs.Environment, Packs.Parameters, RequireTests, Outputs, TrustOf.Untrusted,
        };
        command.SetAction((parsed, cancellation) => Task.FromResult(Test(parsed, cancellation)));
        return command;
    }

    static int Test(ParseResult parsed, CancellationToken cancellation)
    {
        var targets = CommonOptions.TargetsOf(parsed.GetValue(Outputs), Formats);
        var packs = new List<TestedPack>();
        var withoutTests = 0;
        foreach (var (workspace, directory) in PackTargets.Of(parsed.GetValue(Targets)!))
        {
            new OutputGuard(workspace, []).Check(targets);
            using var loaded = Packs.OpenOrStop(parsed, workspace, directory, cancellation);
            withoutTests += loaded.Tests.Count == 0 ? 1 : 0;
            packs.Add(Tested(parsed, workspace, loaded, isTold: targets.Count == 0, cancellation));
        }

        if (targets.Count == 0)
        {
            Console.Out.WriteLine(TestReport.Verdict(packs));
        }

        foreach (var target in targets)
        {
            target.Write((stream, _) => TestReport.Write(packs, target.Format!.Value, stream));
        }

        List<PackTestResult> results = [.. packs.SelectMany(pack => pack.Results)];
        return results.Exists(result => result.Verdict == PackTestVerdict.Failed) ? ExitCode.PackWrong
            : results.Count == 0 || (parsed.GetValue(RequireTests) && withoutTests > 0) ? ExitCode.NoTests
            : ExitCode.Fine;
    }

    // Each result is told when it is there.
    static TestedPack Tested(ParseResult parsed, OpenedWorkspace workspace, LoadedPack loaded, bool isTold, CancellationToken cancellation)
    {
        var (shown, wanted) = (DisplayPath.Of(loaded.Directory), parsed.GetValue(Filter) ?? "");
        var tests = loaded.Tests.Where(test => test.Name.Contains(wanted, StringComparison.OrdinalIgnoreCase)).ToList();
        var told = isTold ? Console.Out : TextWriter.Null;
        told.WriteLine(shown);
        if (loaded.Tests.Count == 0)
        {
            Console.Error.WriteLine($"recon: {shown} has no tests; they stand in pack.test.yaml beside pack.yaml");
        }
        else if (tests.Count == 0)
        {
            Console.Error.WriteLine($"recon: {shown} has no test with '{wanted}' in its name");
        }

        var results = new List<PackTestResult>();
        foreach (var test in tests)
        {
            cancellation.ThrowIfCancellationRequested();
            results.Add(PackTestRunner.Run(loaded.Pack!, loaded.Rules!, test, workspace.Calendars, workspace.Accounts, cancellation));
            TestReport.Write(results[^1], told);
        }

        return new TestedPack(shown, results);
    }
}
