// Three services on one store under ten minutes of fire.
using System.Globalization;
using Recon.Cli.Benching;
using Recon.Tests.Cli.Serving;
using Recon.Tests.Servers;

namespace Recon.Campaigns;

static class FireCampaign
{
    const int Packs = 10;
    const int Dates = 50;

    /// <summary>Stdout is the result as Markdown, to be kept under <c>results/</c>.</summary>
    /// <returns>0 where each of the 500 runs was recorded once.</returns>
    internal static async Task<int> RunAsync(bool isInOneFile, TimeSpan fire, int seed)
    {
        var folder = Directory.CreateTempSubdirectory("recon-fire-").FullName;
        try
        {
            var plan = new FirePlan(Nodes: 3, Packs, Dates, fire, LongestCalm: TimeSpan.FromSeconds(6), seed);
            var report = await (isInOneFile ? NodesUnderFire.OnOneFileAsync(folder, plan) : NodesUnderFire.OnPostgreSqlAsync(folder, plan));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"""
                # Three services on one {(isInOneFile ? "SQLite file" : "PostgreSQL")} under {fire.TotalMinutes:F0} minutes of fire, seed {seed}

                {Machine.Description}.

                | | |
                |---|---:|
                | due runs | {Packs * Dates} |
                | recorded, each once, with one posting each | {report.Runs} |
                | nodes killed by SIGKILL and started again | {report.Kills} |
                | nodes frozen for 1 to 8 s (the lease is 5 s) | {report.Freezes} |
                | runs taken over from a node that was gone | {report.TakenOver} |
                | seconds from the first start to the last record | {report.Seconds:F0} |
                """));
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
            new PostgresServer.End().Dispose();
        }
    }
}
