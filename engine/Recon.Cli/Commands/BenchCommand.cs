// recon bench: writes a workload and measures the engine on it, beside its peers.
using System.CommandLine;
using System.Diagnostics;
using System.Reflection;
using Recon.Cli.Benching;
using Recon.Cli.Outputs;
using Recon.Reports;

namespace Recon.Cli.Commands;

static class BenchCommand
{
    const string NoPeers = "none";

    static readonly Option<long> Rows = new("--rows")
    {
        Description = "Rows of each of the two files",
        DefaultValueFactory = _ => 1_000_000,
    };

    static readonly Option<int> Runs = new("--runs")
    {
        Description = "Measured runs of each, after one to warm up; medians count",
        DefaultValueFactory = _ => 3,
    };

    static readonly Option<string[]> Peers = new("--peers")
    {
        Description = "Whom to measure beside the engine: duckdb, plain, or none; repeatable. The peers are part of the checkout, not of recon",
        DefaultValueFactory = _ => [.. PeerProject.Titles.Keys],
        AllowMultipleArgumentsPerToken = true,
    };

    static readonly Option<bool> NoBuild = new("--no-build") { Description = "Take the peers as they were built before" };
    static readonly Option<ulong> Seed = new("--seed") { Description = "Of the workload", DefaultValueFactory = _ => 42 };

    static readonly Option<string?> Keep = new("--keep")
    {
        Description = "Write inputs and results into this folder and leave them there; default: a temporary one",
    };

    static readonly Option<int> Threads = CommonOptions.Threads();
    static readonly Option<string[]> Outputs = new("--out")
    {
        Description = "FORMAT=PATH with pretty, json or md; '-' is stdout; repeatable",
    };

    internal static Command Create()
    {
        Peers.AcceptOnlyFromAmong([.. PeerProject.Titles.Keys, NoPeers]);
        var command = new Verb("bench",
            "Writes a workload of two files, runs the engine and its peers on them in turn, and compares times, memory and answers.",
            "recon bench",
            "recon bench --rows 5000000 --runs 5 --out json=bench.json --out md=bench.md",
            "recon bench --rows 100000 --peers duckdb",
            "recon bench --rows 10000000 --peers none --keep /data/w10m",
            "recon bench --rows 50000000 --peers none --memory 4GB")
        {
            Rows, Runs, Peers, NoBuild, Seed, Keep, Threads, CommonOptions.Memory, Outputs, Round(),
        };
        command.SetAction((parsed, cancellation) => Task.FromResult(Run(parsed, cancellation)));
        return command;
    }

    // What is measured: one round of the engine, started as a process by the command above.
    static Command Round()
    {
        var input = new Argument<string>("INPUT");
        var output = new Argument<string>("OUTPUT");
        var round = new Command("round", "One round of the engine, for the benchmark itself.") { input, output, Threads, CommonOptions.Memory };
        round.Hidden = true;
        round.SetAction((parsed, cancellation) =>
        {
            EngineRound.Run(parsed.GetValue(input)!, parsed.GetValue(output)!, parsed.GetValue(Threads), CommonOptions.MemoryOf(parsed), cancellation);
            return Task.FromResult(ExitCode.Fine);
        });
        return round;
    }

    static int Run(ParseResult parsed, CancellationToken cancellation)
    {
        CheckNumbers(parsed);
        _ = CommonOptions.MemoryOf(parsed);
        var targets = (parsed.GetValue(Outputs) ?? []).Select(text => OutputTarget.Parse(text, Report.Formats)).ToList();
        if (targets.Find(target => target.Format is null or ReportFormat.Html) is not null)
        {
            throw new UsageException("--out: pretty, json or md");
        }

        if (typeof(BenchCommand).Assembly.GetCustomAttribute<DebuggableAttribute>() is { IsJITOptimizerDisabled: true })
        {
            Console.Error.WriteLine("recon: this is a debug build: answers can be compared, times mean nothing (dotnet run -c Release)");
        }

        var contestants = Contestants(parsed, cancellation);
        var kept = parsed.GetValue(Keep);
        var directory = kept is null ? Directory.CreateTempSubdirectory("recon-bench-") : Directory.CreateDirectory(kept);
        try
        {
            var result = new Bench(
                parsed.GetValue(Rows), parsed.GetValue(Seed), parsed.GetValue(Runs), parsed.GetValue(Threads), directory.FullName, contestants)
                .Run(cancellation);
            Write(result, targets);
            return result.Agree == false ? ExitCode.VerificationFailed : ExitCode.Fine;
        }
        finally
        {
            if (kept is null)
            {
                directory.Delete(recursive: true);
            }
        }
    }

    static void CheckNumbers(ParseResult parsed)
    {
        if (parsed.GetValue(Rows) is < 1 or > int.MaxValue || parsed.GetValue(Runs) < 1 || parsed.GetValue(Threads) < 1)
        {
            throw new UsageException($"--rows, --runs and --threads: at least 1; --rows at most {int.MaxValue}");
        }
    }

    static List<Contestant> Contestants(ParseResult parsed, CancellationToken cancellation)
    {
        var threads = parsed.GetValue(Threads).ToString(System.Globalization.CultureInfo.InvariantCulture);
        var all = new List<Contestant>
        {
            new("engine", "Recon", [typeof(BenchCommand).Assembly.Location, "bench", "round", "--threads", threads, .. MemoryWords(parsed)]),
        };
        var peers = parsed.GetValue(Peers)!.Where(name => name != NoPeers).Distinct().ToList();
        if (peers.Count > 0 && PeerProject.Find(build: !parsed.GetValue(NoBuild), cancellation) is { } assembly)
        {
            all.AddRange(peers.Select(name => new Contestant(name, PeerProject.Titles[name], [assembly, "peer", name, threads])));
        }

        return all;
    }

    static string[] MemoryWords(ParseResult parsed) => parsed.GetValue(CommonOptions.Memory) is { } text ? ["--memory", text] : [];

    static void Write(BenchResult result, IReadOnlyList<OutputTarget> targets)
    {
        foreach (var target in targets.Count == 0 ? [new OutputTarget(ReportFormat.Pretty, "-")] : targets)
        {
            target.Write((stream, options) =>
            {
                switch (target.Format)
                {
                    case ReportFormat.Json:
                        BenchJson.Write(result, stream);
                        break;
                    case ReportFormat.Markdown:
                        MarkdownReport.Write(BenchSections.Title(result), BenchSections.Of(result), stream);
                        break;
                    default:
                        PrettyReport.Write(BenchSections.Of(result), stream, options);
                        break;
                }
            });
        }
    }
}
