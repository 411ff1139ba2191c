// Measures contestants on one workload, in turn, and compares what they found.
using System.Globalization;

namespace Recon.Cli.Benching;

/// <summary>One contestant with its rounds (the warm-up left out) and its answer.</summary>
sealed record Measured(Contestant Who, IReadOnlyList<Round> Rounds, Findings Found)
{
    internal double Seconds => Median(Rounds.Select(round => round.Seconds));

    internal double CpuSeconds => Median(Rounds.Select(round => round.CpuSeconds));

    internal long PeakBytes => (long)Median(Rounds.Select(round => (double)round.PeakBytes));

    internal long? AnonymousBytes =>
        Rounds.All(round => round.AnonymousBytes is not null) ? (long)Median(Rounds.Select(round => (double)round.AnonymousBytes!)) : null;

    /// <summary>Medians, in the order of the stages.</summary>
    internal IReadOnlyList<(string Stage, double Seconds)> Stages =>
        [.. Rounds[0].Stages.Select((stage, i) => (stage.Stage, Median(Rounds.Select(round => round.Stages[i].Seconds))))];

    internal static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }
}

/// <summary>A finished benchmark; the engine stands first.</summary>
/// <param name="Company">Share of the machine that other processes took meanwhile; null where it is not told.</param>
/// <param name="Differences">Where peers found something else than the engine; empty where all agree.</param>
sealed record BenchResult(long Rows, ulong Seed, int Runs, int Threads, double? Company, IReadOnlyList<Measured> All, IReadOnlyList<string> Differences)
{
    // Above it seconds say more about the others than about us.
    const double MostCompany = 0.1;

    internal bool IsQuiet => Company is null or <= MostCompany;

    /// <summary>Null where there is nobody to agree with.</summary>
    internal bool? Agree => All.Count < 2 ? null : Differences.Count == 0;
}

/// <param name="Directory">Where inputs and results are written.</param>
sealed record Bench(long Rows, ulong Seed, int Runs, int Threads, string Directory, IReadOnlyList<Contestant> Contestants)
{
    internal BenchResult Run(CancellationToken cancellation)
    {
        Say(string.Create(CultureInfo.InvariantCulture, $"writing W({Rows:N0})"));
        new WorkloadWriter(Rows, Seed, Threads).Write(Directory, cancellation);
        var rounds = Contestants.Select(_ => new List<Round>()).ToList();
        var company = new Company();
        var used = TimeSpan.Zero;
        for (var round = 0; round <= Runs; round++)
        {
            for (var i = 0; i < Contestants.Count; i++)
            {
                var measured = Contestants[i].Run(Directory, OutputOf(Contestants[i]), cancellation);
                Say(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{(round == 0 ? "warm-up" : $"run {round} of {Runs}")}: {Contestants[i].Name} {measured.Seconds:F2} s, cpu {measured.CpuSeconds:F2} s"));
                used += TimeSpan.FromSeconds(measured.CpuSeconds);
                if (round > 0)
                {
                    rounds[i].Add(measured);
                }
            }
        }

        var others = company.Share(used);
        Say("comparing what they found");
        var all = Contestants.Select((who, i) => new Measured(who, rounds[i], Findings.Read(OutputOf(who), withIds: Contestants.Count > 1))).ToList();
        return new BenchResult(
            Rows, Seed, Runs, Threads, others, all,
            [.. all.Skip(1).SelectMany(peer => all[0].Found.DifferencesFrom(peer.Found).Select(text => $"engine and {peer.Who.Name}: {text}"))]);
    }

    string OutputOf(Contestant who) => Path.Combine(Directory, $"found-by-{who.Name}");

    static void Say(string text) => Console.Error.WriteLine($"recon: {text}");
}
