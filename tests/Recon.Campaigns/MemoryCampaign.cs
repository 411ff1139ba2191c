// A service that runs a pack every minute must not grow.
using System.Diagnostics;
using System.Globalization;
using Recon.Cli.Benching;
using Recon.Tests.Cli.Serving;
using Recon.Tests.Servers;

namespace Recon.Campaigns;

static class MemoryCampaign
{
    const int Rows = 2000;
    const string Secret = "RECON_MEMORY_STORE";

    /// <summary>Of what the third quarter needed.</summary>
    const double MostGrowth = 0.05;

    static readonly TimeSpan BetweenSamples = TimeSpan.FromSeconds(2);

    /// <summary>Stdout is the result as Markdown, to be kept under <c>results/</c>.</summary>
    /// <param name="time">The first half of it is the warm-up: code is compiled anew as it gets hot, pools and buffers find their size.</param>
    /// <returns>0 where the median of the last quarter is no more than a twentieth above that of the third.</returns>
    internal static async Task<int> RunAsync(TimeSpan time)
    {
        var folder = Directory.CreateTempSubdirectory("recon-memory-").FullName;
        try
        {
            var text = PostgresStore.NewForRunRole();
            WriteWorkspace(folder);
            using var service = ServeProcess.Start(folder, "alone", "127.0.0.1:0", (Secret, text), ("RECON_LOOK", "5s"), ("RECON_LEASE", "1m"));
            await service.StartedAsync();
            var samples = await SampleAsync(folder, service, time);
            var exit = await service.EndAsync();
            return Tell(time, samples, PostgresStore.RunsIn(text), exit);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
            new PostgresServer.End().Dispose();
        }
    }

    // A line of the bank is another in each minute, so that each slot makes a run of its own and none is merely found again.
    static async Task<List<(TimeSpan At, long Bytes)>> SampleAsync(string folder, ServeProcess service, TimeSpan time)
    {
        var samples = new List<(TimeSpan, long)>();
        var (clock, minute) = (Stopwatch.StartNew(), -1);
        while (clock.Elapsed < time)
        {
            if ((int)clock.Elapsed.TotalMinutes > minute)
            {
                minute = (int)clock.Elapsed.TotalMinutes;
                WriteInputs(folder, minute);
            }

            samples.Add((clock.Elapsed, ProcessMemory.Anonymous(service.Id)
                ?? throw new InvalidOperationException($"no memory is told of it:\n{string.Join('\n', service.Lines.TakeLast(20))}")));
            await Task.Delay(BetweenSamples);
        }

        return samples;
    }

    static int Tell(TimeSpan time, List<(TimeSpan At, long Bytes)> samples, int runs, int exit)
    {
        var warm = samples.Where(sample => sample.At >= time / 2).ToList();
        var (first, last) = (Median(warm[..(warm.Count / 2)]), Median(warm[(warm.Count / 2)..]));
        var isFlat = last <= first * (1 + MostGrowth) && exit == 0 && runs >= time.TotalMinutes - 1;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"""
            # A service with a run every minute: {time.TotalMinutes:F0} minutes of memory

            {Machine.Description}. Store on PostgreSQL, Quartz's triggers in it; two files of {Rows} rows, one of which is another every minute.
            Anonymous memory of the process, every {BetweenSamples.TotalSeconds:F0} s; the first half of the time is the warm-up.

            | | |
            |---|---:|
            | runs recorded | {runs} |
            | median of the third quarter, MB | {first / 1e6:F1} |
            | median of the last quarter, MB | {last / 1e6:F1} |
            | growth (at most {MostGrowth:P0} is flat) | {(last / first) - 1:P1} |
            | ended gracefully | {(exit == 0 ? "yes" : "NO")} |

            | minutes | median MB | least MB | most MB |
            |---|---:|---:|---:|
            """));
        foreach (var part in samples.GroupBy(sample => (int)(sample.At.TotalMinutes / 5)))
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {part.Key * 5}–{(part.Key * 5) + 5} | {Median([.. part]) / 1e6:F1} | {part.Min(sample => sample.Bytes) / 1e6:F1} "
                    + $"| {part.Max(sample => sample.Bytes) / 1e6:F1} |"));
        }

        Console.WriteLine();
        Console.WriteLine(isFlat ? "Flat." : "NOT FLAT, or runs are missing.");
        return isFlat ? 0 : 1;
    }

    static double Median(List<(TimeSpan At, long Bytes)> samples) => samples.Select(sample => sample.Bytes).Order().ElementAt(samples.Count / 2);

    static void WriteWorkspace(string folder)
    {
        PostingWorkspace.Write(
            folder, packs: 1, dates: 0, "cron: \"0 * * * * ?\"", $"store: BOOKS\nconnections: {{ BOOKS: {{ postgresql: \"secret:{Secret}\" }} }}\n");
        WriteInputs(folder, minute: 0);
    }

    // Of today and tomorrow: an hour may have midnight in it. A file is there with all its rows or not at all.
    static void WriteInputs(string folder, int minute)
    {
        for (var day = 0; day < 2; day++)
        {
            var date = DateTime.UtcNow.AddDays(day).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            Write(Path.Combine(folder, "in", "p0", $"ledger-{date}.csv"), row => Line(row, "L", row * 100));
            Write(Path.Combine(folder, "in", "p0", $"bank-{date}.csv"), row => Line(row, "B", (row * 100) + (row == minute ? 2 : 0)));
        }
    }

    static void Write(string path, Func<int, string> line)
    {
        var rows = Enumerable.Range(1, Rows).Select(line);
        File.WriteAllLines($"{path}.new", rows.Prepend("id,order_ref,amount"));
        File.Move($"{path}.new", path, overwrite: true);
    }

    static string Line(int row, string source, long cents) => string.Create(CultureInfo.InvariantCulture, $"{source}{row},O{row},{cents / 100m:F2}");
}
