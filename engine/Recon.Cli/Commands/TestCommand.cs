// recon test: the tests beside the rules.
using System.CommandLine;
using Recon.Cli.Workspaces;
using Recon.Reports.Sections;
using Recon.Runs.Testing;

namespace Recon.Cli.Commands;

static class TestCommand
{
    static readonly Argument<string[]> Targets = PackTargets.Argument();
    static readonly Option<string?> Filter = new("--filter") { Description = "Only tests whose name contains this text" };
    static readonly PackOpener Packs = new();
    static readonly Option<bool> RequireTests = new("--require-tests") { Description = "Exit 5 where a pack has no test" };

    internal static Command Create()
    {
        var command = new Verb("test",
            "Runs the tests that stand beside the rules; each also with rows and sources in other orders, and twice.",
            "recon test rules/card-payments",
            "recon test rules/card-payments --filter rounding")
        {
            Targets, Filter, Packs.Environment, Packs.Parameters, RequireTests,
        };
        command.SetAction((parsed, cancellation) => Task.FromResult(Test(parsed, cancellation)));
        return command;
    }

    static int Test(ParseResult parsed, CancellationToken cancellation)
    {
        var tally = new Tally();
        foreach (var (workspace, directory) in PackTargets.Of(parsed.GetValue(Targets)!))
        {
            using var loaded = Packs.OpenOrStop(parsed, workspace, directory, cancellation);
            Console.Out.WriteLine(DisplayPath.Of(directory));
            var wanted = parsed.GetValue(Filter) ?? "";
            var tests = loaded.Tests.Where(test => test.Name.Contains(wanted, StringComparison.OrdinalIgnoreCase)).ToList();
            if (loaded.Tests.Count == 0)
            {
                tally.PacksWithoutTests++;
                Console.Error.WriteLine($"recon: {DisplayPath.Of(directory)} has no tests; they stand in pack.test.yaml beside pack.yaml");
            }
            else if (tests.Count == 0)
            {
                Console.Error.WriteLine($"recon: {DisplayPath.Of(directory)} has no test with '{wanted}' in its name");
            }

            foreach (var test in tests)
            {
                cancellation.ThrowIfCancellationRequested();
                tally.Add(PackTestRunner.Run(
                    loaded.Pack!, loaded.Rules!, test, workspace.Calendars, workspace.Accounts, cancellation));
            }
        }

        Console.Out.WriteLine($"{tally.Passed} passed, {tally.Failed} failed, {tally.Todo} todo");
        return tally.Failed > 0 ? ExitCode.PackWrong
            : tally.Count == 0 || (parsed.GetValue(RequireTests) && tally.PacksWithoutTests > 0) ? ExitCode.NoTests
            : ExitCode.Fine;
    }

    /// <summary>Counts results and prints each as it comes.</summary>
    sealed class Tally
    {
        internal int Passed { get; private set; }

        internal int Failed { get; private set; }

        internal int Todo { get; private set; }

        internal int PacksWithoutTests { get; set; }

        internal int Count => Passed + Failed + Todo;

        internal void Add(PackTestResult result)
        {
            var word = result.Verdict switch
            {
                PackTestVerdict.Passed => "ok  ",
                PackTestVerdict.Todo => "todo",
                _ => "FAIL",
            };
            Console.Out.WriteLine($"  {word}  {result.Test.Name}");
            foreach (var failure in result.Verdict == PackTestVerdict.Failed ? result.Failures : [])
            {
                Console.Out.WriteLine($"        {failure.Place.File}:{failure.Place.Line}:{failure.Place.Column}: {PlainText.Of(failure.Text)}");
            }

            Passed += result.Verdict == PackTestVerdict.Passed ? 1 : 0;
            Failed += result.Verdict == PackTestVerdict.Failed ? 1 : 0;
            Todo += result.Verdict == PackTestVerdict.Todo ? 1 : 0;
        }
    }
}
