// Measures what it costs to have a pack checked by a confined process: recon check with --untrusted and without, in turn.
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Recon.Benchmarks;

/// <summary>Cold processes, as people start them: the difference of the medians is the start of the second process and its sandbox.</summary>
static class ConfinedStart
{
    const int WarmUp = 2;

    const string Pack = """
        recon: 1
        pack: { id: bench.start, version: 1.0.0 }
        sources:
          ledger: { role: books, read: { csv: ledger.csv }, id: id, fields: { id: text, amount: { type: money, currency: EUR } } }
          bank: { role: external, read: { csv: bank.csv }, id: id, fields: { id: text, amount: { type: money, currency: EUR } } }
        passes:
          - { id: same, join: ledger 1:1 bank, key: id, compare: { amount: amount } }
        classify:
          - { id: unexplained, status: suspicious, otherwise: true }
        resolve:
          - { for: unexplained, tier: manual }
        """;

    /// <returns>0; 1 where a check did not end well.</returns>
    internal static int Run(int rounds)
    {
        var directory = Directory.CreateTempSubdirectory("recon-confined-");
        try
        {
            File.WriteAllText(Path.Combine(directory.FullName, "pack.yaml"), Pack);
            var (plain, confined) = (new List<double>(), new List<double>());
            for (var round = 0; round < WarmUp + rounds; round++)
            {
                var (one, other) = (Check(directory.FullName), Check(directory.FullName, "--untrusted"));
                if (round >= WarmUp)
                {
                    plain.Add(one);
                    confined.Add(other);
                }
            }

            var (usual, untrusted) = (Median(plain), Median(confined));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"check {usual:F2} s, with --untrusted {untrusted:F2} s: the confined process costs {untrusted - usual:F2} s "
                + $"(medians of {rounds}, {Environment.ProcessorCount} processors, {RuntimeInformation.OSDescription})"));
            return 0;
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    static double Check(string directory, params string[] words)
    {
        var start = Stopwatch.GetTimestamp();
        var check = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "recon.dll"), "check", directory, .. words])
        {
            RedirectStandardOutput = true,
        };
        check.Environment.Remove("CI");
        using var process = Process.Start(check)!;
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? Stopwatch.GetElapsedTime(start).TotalSeconds
            : throw new InvalidOperationException($"recon ended with {process.ExitCode}");
    }

    static double Median(List<double> seconds) => seconds.Order().ElementAt(seconds.Count / 2);
}
