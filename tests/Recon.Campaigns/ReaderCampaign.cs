// The readers of YAML, CSV, camt.053 and MT940, each on many inputs that no program would write.
using System.Diagnostics;
using Recon.Tests.Fuzzing;
using Recon.Tests.Sources;

namespace Recon.Campaigns;

/// <summary>
/// What <c>dotnet test</c> does with ten thousand inputs, with a million: a third each of packs, tables and camt.053, and a tenth as much MT940 on top.
/// One thread; stdout is the result as Markdown, to be kept under <c>results/</c>.
/// </summary>
static class ReaderCampaign
{
    const int Named = 3;
    const int OneInMt940 = 10;
    const int InputsOfProgress = 10_000;

    // The machine may be busy with much else.
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <returns>0 where no reader did what it may not, else 1; each that did is told with the number of the input.</returns>
    internal static int Run(int inputs, long seed)
    {
        using var folder = new InputFiles();
        Console.WriteLine($"# Readers on {inputs:N0} fuzzed inputs, seed {seed}");
        Console.WriteLine();
        Console.WriteLine("| reader | inputs | MB | read | in part | refused | slowest, ms | most of the memory bound | seconds | failures |");
        Console.WriteLine("|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|");
        var failures = new List<string>();
        foreach (var reader in FuzzedReader.All(folder))
        {
            var each = (inputs + Named - 1) / Named;
            failures.AddRange(Try(reader, reader.Name == "mt940" ? each / OneInMt940 : each, (ulong)seed));
        }

        Console.WriteLine();
        Console.WriteLine(failures.Count == 0 ? "No crash, no hang, no memory beyond its bound." : string.Join("\n\n", failures));
        return failures.Count == 0 ? 0 : 1;
    }

    static List<string> Try(FuzzedReader reader, int inputs, ulong seed)
    {
        var begun = Stopwatch.GetTimestamp();
        var tally = new ReaderFuzz(reader, seed, Patience).Run(0, inputs, number => Tell(reader, number));
        var outcomes = string.Join(" | ", tally.Outcomes.Select(count => $"{count:N0}"));
        Console.WriteLine(
            $"| {reader.Name} | {tally.Inputs:N0} | {tally.Bytes / 1e6:N0} | {outcomes} | {tally.Slowest.TotalMilliseconds:N0} | {tally.MostOfBound:P0} "
            + $"| {Stopwatch.GetElapsedTime(begun).TotalSeconds:N0} | {tally.Failures.Count} |");
        tally.Failures.ForEach(Console.Error.WriteLine);
        return tally.Failures;
    }

    // A crash takes the process with it: then the last line says where.
    static void Tell(FuzzedReader reader, int number)
    {
        if (number % InputsOfProgress == 0)
        {
            Console.Error.WriteLine($"{reader.Name}: input {number}");
        }
    }
}
