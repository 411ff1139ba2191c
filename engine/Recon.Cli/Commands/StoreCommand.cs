// recon store: what the store keeps, and for how long.
using System.CommandLine;
using System.Globalization;
using Recon.Cli.Outputs;
using Recon.Cli.Workspaces;
using Recon.Model;
using Recon.Reports.Sections;
using Recon.Runs.Results;
using Recon.Store.Purging;

namespace Recon.Cli.Commands;

static class StoreCommand
{
    static readonly Option<string> Workspace = CommonOptions.WorkspaceOption();
    static readonly Option<string> Policy = new("--policy") { Description = "The name of a policy under retention: in recon.yaml", Required = true };
    static readonly Option<string?> Date = new("--date") { Description = "The day on which ages are counted, as 2026-02-27; default: today" };
    static readonly Option<bool> DryRun = new("--dry-run") { Description = "Says what would go, and removes nothing" };

    internal static Command Create()
    {
        var purge = new Verb("purge",
            "Removes the matches of runs that are older than a policy keeps them. Open items, breaks, postings, the newest run of each pack and the "
                + "audit chain stay.",
            "recon store purge --policy standard --dry-run -w production",
            "recon store purge --policy standard -w production --store PURGE")
        {
            Policy, Date, DryRun, Workspace, CommonOptions.Store,
        };
        purge.SetAction(parsed =>
        {
            var workspace = OpenedWorkspace.Open(parsed.GetValue(Workspace)!, parsed.GetValue(CommonOptions.Store));
            var retention = RetentionOf(workspace, parsed.GetValue(Policy)!);
            var now = TimeProvider.System.GetUtcNow();
            var date = CommonOptions.DateOf(parsed.GetValue(Date)) ?? DateOnly.FromDateTime(now.UtcDateTime);
            if (date > DateOnly.FromDateTime(now.UtcDateTime))
            {
                throw new UsageException($"--date {ResultDocument.Iso(date)}: that day is to come; nothing is older than it is today");
            }

            using var store = workspace.OpenExistingStore();
            var purging = new EvidencePurge(store, retention);
            foreach (var pack in purging.Unknown())
            {
                Console.Error.WriteLine($"recon: policy {retention.Policy} names the pack {pack}, of which this store has no run");
            }

            return parsed.GetValue(DryRun) ? Show(purging.Find(date)) : Purge(purging, purging.Find(date), now);
        });
        return new Verb("store", "What the store keeps, and for how long.") { purge };
    }

    /// <summary>How many runs with how many matches and bytes, and what became of them.</summary>
    internal static string Summary(IReadOnlyCollection<PurgedRun> runs, string what) => string.Create(
        CultureInfo.InvariantCulture,
        $"{runs.Sum(run => (long)run.Run.Matches):N0} matches of {runs.Count:N0} {(runs.Count == 1 ? "run" : "runs")} "
            + $"({runs.Sum(run => run.Bytes):N0} bytes) {what}");

    static Retention RetentionOf(OpenedWorkspace workspace, string policy)
    {
        var policies = workspace.Retention;
        return policies.TryGetValue(policy, out var found)
            ? new Retention(policy, found.Evidence, found.Superseded, found.Packs)
            {
                Others = [.. policies.Where(each => each.Key != policy).SelectMany(each => each.Value.Packs)],
            }
            : throw new UsageException(policies.Count == 0
                ? $"--policy {policy}: recon.yaml has no policies; one is retention: {{ {policy}: {{ evidence: 400d }} }}"
                : $"--policy {policy}: recon.yaml has no such policy; {NearestName.Hint(policy, [.. policies.Keys])}");
    }

    static int Show(IReadOnlyList<PurgedRun> runs)
    {
        Print("Would be purged", runs);
        Console.Out.WriteLine(Summary(runs, "would be purged"));
        return ExitCode.Fine;
    }

    // A run whose matches are not those that were recorded is kept, and keeps no other from going.
    static int Purge(EvidencePurge purging, IReadOnlyList<PurgedRun> runs, DateTimeOffset at)
    {
        var (purged, isSound) = (new List<PurgedRun>(), true);
        foreach (var run in runs)
        {
            try
            {
                if (purging.Purge(run, at, Environment.UserName))
                {
                    purged.Add(run);
                }
            }
            catch (ReconException fault) when (EvidencePurge.IsOfRun(fault))
            {
                Console.Error.WriteLine($"recon: {fault.Message}");
                isSound = false;
            }
        }

        var (deleted, left) = purging.RemoveLeftovers();
        Print("Purged", purged);
        Console.Out.WriteLine(Summary(purged, "were purged"));
        if (deleted > 0)
        {
            Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{deleted:N0} files were deleted that nobody needs any more"));
        }

        if (left > 0)
        {
            throw new ReconException($"{left} files of purged runs may not be deleted by this user; who may, runs the same command again", FaultKind.Storage);
        }

        return isSound ? ExitCode.Fine : ExitCode.VerificationFailed;
    }

    static void Print(string title, IReadOnlyList<PurgedRun> runs)
    {
        Terminal.Print([new Section(
            title,
            [
                new("run", IsWhole: true), new("pack", IsWhole: true), new("date", IsWhole: true), new("revision", true),
                new("matches", true), new("bytes", true),
            ],
            [.. runs.Select(run => (IReadOnlyList<string>)
            [
                run.Run.Id, run.Run.PackId, ResultDocument.Iso(run.Run.BusinessDate), Text(run.Run.Revision), Text(run.Run.Matches), Text(run.Bytes),
            ])],
            "No runs.")]);
    }

    static string Text(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
