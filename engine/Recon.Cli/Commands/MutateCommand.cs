// recon mutate: which small errors in a pack no test beside it would notice.
using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Recon.Cli.Mutating;
using Recon.Cli.Workspaces;
using Recon.Model.Rules;
using Recon.Runs.Mutating;
using Recon.Runs.Testing;

namespace Recon.Cli.Commands;

static class MutateCommand
{
    static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    static readonly Argument<string[]> Targets = PackTargets.Argument();
    static readonly PackOpener Packs = new();
    static readonly Option<string> Budget = new("--budget") { Description = "How long to try, as 30s or 5m", DefaultValueFactory = _ => "60s" };
    static readonly Option<int?> MinScore = new("--min-score") { Description = "Exit 1 where fewer of a hundred errors are noticed" };

    internal static Command Create()
    {
        var command = new Verb("mutate",
            "Puts one small error after the other into a pack, and lists those that no test beside it notices.",
            "recon mutate rules/card-payments",
            "recon mutate rules/card-payments --budget 5m --min-score 90")
        {
            Targets, Packs.Environment, Packs.Parameters, Budget, MinScore,
        };
        command.SetAction((parsed, cancellation) => Task.FromResult(Mutate(parsed, cancellation)));
        return command;
    }

    static int Mutate(ParseResult parsed, CancellationToken cancellation)
    {
        var budget = Waiting.InputWait.LengthOf("--budget", parsed.GetValue(Budget)!);
        var exit = ExitCode.Fine;
        foreach (var (workspace, directory) in PackTargets.Of(parsed.GetValue(Targets)!))
        {
            using var loaded = Packs.OpenOrStop(parsed, workspace, directory, cancellation);
            var tally = Tried(workspace, loaded, budget, cancellation);
            Tell(DisplayPath.Of(directory), loaded, tally);
            exit = tally.Tests == 0 ? ExitCode.NoTests : parsed.GetValue(MinScore) is { } least && tally.Score < least ? ExitCode.PackWrong : exit;
        }

        return exit;
    }

    static Tally Tried(OpenedWorkspace workspace, LoadedPack loaded, TimeSpan budget, CancellationToken cancellation)
    {
        var tally = new Tally();
        var watch = Stopwatch.StartNew();
        var shown = Stopwatch.StartNew();
        // What fails on the pack as it is would notice every error.
        List<PackTest> tests = [.. loaded.Tests.Where(test => !test.Todo && Holds(loaded.Pack!, loaded.Rules!, test))];
        tally.Tests = tests.Count;
        IDisposable? opened = null;
        foreach (var mutant in PackMutants.Of(loaded.Pack!, loaded.Rules!).Concat(new ConditionMutants(workspace, loaded, cancellation).All(Replace)))
        {
            if (watch.Elapsed > budget)
            {
                tally.IsCut = true;
                break;
            }

            if (!Console.IsErrorRedirected && shown.Elapsed > Interval)
            {
                Console.Error.Write($"\r{tally.Count} errors tried, {tally.Unnoticed.Count} not noticed ");
                shown.Restart();
            }

            tally.Add(mutant, !tests.TrueForAll(test => Holds(mutant.Pack, mutant.Rules, test)));
        }

        if (!Console.IsErrorRedirected)
        {
            Console.Error.Write("\r\u001b[K");
        }

        opened?.Dispose();
        return tally;

        bool Holds(Pack pack, ICompiledRules rules, PackTest test) =>
            PackTestRunner.Holds(pack, rules, test, workspace.Calendars, workspace.Accounts, cancellation);

        void Replace(IDisposable next)
        {
            opened?.Dispose();
            opened = next;
        }
    }

    static void Tell(string directory, LoadedPack loaded, Tally tally)
    {
        Console.Out.WriteLine(directory);
        if (loaded.Tests.Count(test => !test.Todo) - tally.Tests is > 0 and var failing)
        {
            Console.Out.WriteLine(failing == 1 ? "  1 test fails on the pack as it is, and is left out"
                : string.Create(CultureInfo.InvariantCulture, $"  {failing} tests fail on the pack as it is, and are left out"));
        }

        foreach (var mutant in tally.Unnoticed)
        {
            Console.Out.WriteLine($"  {mutant.Place.File}:{mutant.Place.Line}:{mutant.Place.Column}: {mutant.What}");
        }

        var more = tally.IsCut ? "; the time is up, and there are more" : "";
        var tests = tally.Tests == 1 ? "test" : "tests";
        Console.Out.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{tally.Noticed} of {tally.Count} errors are noticed by {tally.Tests} {tests} ({tally.Score} %){more}"));
    }

    sealed class Tally
    {
        internal List<Mutant> Unnoticed { get; } = [];

        internal int Noticed { get; private set; }

        /// <summary>That hold on the pack as it is.</summary>
        internal int Tests { get; set; }

        internal bool IsCut { get; set; }

        internal int Count => Noticed + Unnoticed.Count;

        /// <summary>Whole per cent, rounded down.</summary>
        internal int Score => Count == 0 ? 0 : Noticed * 100 / Count;

        internal void Add(Mutant mutant, bool isNoticed)
        {
            if (isNoticed)
            {
                Noticed++;
            }
            else
            {
                Unnoticed.Add(mutant);
            }
        }
    }
}
