// Measures a whole run of Recon against plain C# on the same files: seconds, peak memory, ratio, and that both agree.
using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Recon.Cli.Benching;

namespace Recon.Benchmarks.WholeRun;

/// <summary>Three passes on a ledger and a bank in euros, with judging, recording and the report.</summary>
static class WholeRunBenchmark
{
    /// <returns>0 where both agree.</returns>
    internal static int Run(string[] args)
    {
        var rows = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 1_000_000;
        var rounds = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 5;
        var directory = Directory.CreateTempSubdirectory("recon-bench-");
        try
        {
            return Measure(directory.FullName, rows, rounds);
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    static int Measure(string directory, int rows, int rounds)
    {
        Workload.Write(directory, rows, seed: 20260227);
        File.Copy(Path.Combine(AppContext.BaseDirectory, "WholeRun", "pack", "pack.yaml"), Path.Combine(directory, "pack.yaml"));
        var engine = new List<RecordedRound>();
        var plain = new List<TimeSpan>();
        (int Exact, int NearAmount, int NearDate) expected = default;
        for (var round = 0; round <= rounds; round++)
        {
            var measured = RecordedRound.Run(directory);
            var start = Stopwatch.GetTimestamp();
            expected = PlainRun.Run(directory);
            var took = Stopwatch.GetElapsedTime(start);
            if (round > 0)
            {
                engine.Add(measured);
                plain.Add(took);
            }
        }

        Print(rows, rounds, engine, Median(plain.Select(took => took.TotalSeconds)), expected);
        return engine[0].Matches == expected ? 0 : 1;
    }

    static void Print(
        int rows, int rounds, List<RecordedRound> engine, double peer, (int Exact, int NearAmount, int NearDate) expected)
    {
        var seconds = Median(engine.Select(round => round.Took.TotalSeconds));
        var peak = engine.Max(round => round.PeakBytes) / 1e6;
        var found = engine[0].Matches;
        Say($"rows            {rows:N0} + {rows:N0}");
        Say($"recon           {seconds:F2} s whole process, peak {peak:F0} MB (median of {rounds})");
        Say($"plain C#        {peer:F2} s in process");
        Say($"ratio           {peer / seconds:F1}");
        Say($"matches         {found} ({(found == expected ? "both agree" : $"plain C# says {expected}")})");
    }

    static void Say(FormattableString line) => Console.WriteLine(FormattableString.Invariant(line));

    static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted[sorted.Count / 2];
    }
}

/// <summary>One cold process of the command line on a fresh store.</summary>
sealed record RecordedRound(TimeSpan Took, long PeakBytes, (int Exact, int NearAmount, int NearDate) Matches)
{
    internal static RecordedRound Run(string directory)
    {
        var store = Path.Combine(directory, ".recon");
        if (Directory.Exists(store))
        {
            Directory.Delete(store, recursive: true);
        }

        var result = Path.Combine(directory, "result.md");
        var start = Stopwatch.GetTimestamp();
        using var process = Process.Start(new ProcessStartInfo(
            "dotnet",
            [Path.Combine(AppContext.BaseDirectory, "recon.dll"), "run", directory, "--date", "2026-04-30", "--out", $"md={result}"]))!;
        long peak = 0;
        while (!process.WaitForExit(TimeSpan.FromMilliseconds(20)))
        {
            peak = ProcessMemory.PeakOf(process.Id) ?? peak;
        }

        var took = Stopwatch.GetElapsedTime(start);
        return process.ExitCode == 0
            ? new RecordedRound(took, peak, MatchesOf(result))
            : throw new InvalidOperationException($"recon ended with {process.ExitCode}");
    }

    // The table of passes: | exact | ledger ~ bank | 912,716 | …
    static (int, int, int) MatchesOf(string path)
    {
        var report = File.ReadAllText(path);
        int Of(string pass) => int.Parse(
            Regex.Match(report, $@"\| {pass} \| [^|]+ \| ([\d,]+) \|").Groups[1].Value, NumberStyles.AllowThousands, CultureInfo.InvariantCulture);
        return (Of("exact"), Of("near-amount"), Of("near-date"));
    }
}
