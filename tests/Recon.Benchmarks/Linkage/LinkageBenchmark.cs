// Measures how well and how fast fuzzy packs find what people have found, on two public data sets of record linkage.
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Recon.Benchmarks.Linkage;

/// <summary>
/// <c>dotnet run -c Release --project tests/Recon.Benchmarks -- linkage 5</c>: precision, recall and F1 against labelled pairs, and
/// the median of whole cold processes of the command line.
/// </summary>
static class LinkageBenchmark
{
    static readonly (string Name, string Folder)[] DataSets =
    [
        ("DBLP-ACM", "examples/library-records"),
        ("Fodors-Zagats", "tests/Recon.Benchmarks/Linkage/restaurants"),
    ];

    internal static int Run(string[] args)
    {
        var rounds = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 5;
        Console.WriteLine("| data | labelled | matched | right | precision | recall | F1 | s, whole process |");
        Console.WriteLine("|---|---:|---:|---:|---:|---:|---:|---:|");
        foreach (var (name, folder) in DataSets)
        {
            var result = Path.GetTempFileName();
            try
            {
                var took = Enumerable.Range(0, rounds).Select(_ => Measure(Path.Combine(Root(), folder), result)).Order().ElementAt(rounds / 2);
                using var document = JsonDocument.Parse(File.ReadAllText(result));
                Console.WriteLine(Row(name, document.RootElement.GetProperty("assessment"), took));
            }
            finally
            {
                File.Delete(result);
            }
        }

        return 0;
    }

    static TimeSpan Measure(string folder, string result)
    {
        var start = Stopwatch.GetTimestamp();
        using var process = Process.Start(new ProcessStartInfo(
            "dotnet", [Path.Combine(AppContext.BaseDirectory, "recon.dll"), "run", folder, "--dry-run", "--out", $"json={result}"]))!;
        process.WaitForExit();
        return process.ExitCode == 0
            ? Stopwatch.GetElapsedTime(start)
            : throw new InvalidOperationException($"recon ended with {process.ExitCode}");
    }

    static string Row(string name, JsonElement assessment, TimeSpan took)
    {
        string Count(string member) => assessment.GetProperty(member).GetInt32().ToString("N0", CultureInfo.InvariantCulture);
        string Share(string member) => assessment.GetProperty(member).GetDecimal().ToString("F4", CultureInfo.InvariantCulture);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"| {name} | {Count("labelled")} | {Count("matched")} | {Count("right")} | {Share("precision")} | {Share("recall")} | {Share("f1")} "
            + $"| {took.TotalSeconds:F1} |");
    }

    static string Root()
    {
        var directory = AppContext.BaseDirectory;
        while (directory is not null && !File.Exists(Path.Combine(directory, "Recon.sln")))
        {
            directory = Path.GetDirectoryName(directory);
        }

        return directory ?? throw new InvalidOperationException("the benchmark runs from within the repository");
    }
}
