// Runs the rules before and the changed ones on the same inputs, then the changed ones without each change.
using System.Text;
using Recon.Cli.Workspaces;
using Recon.Model;
using Recon.Packs;
using Recon.Packs.Comparing;
using Recon.Runs.Planning;
using Recon.Runs.Results;

namespace Recon.Cli.Planning;

/// <summary>One pack in two versions.</summary>
/// <param name="directory">Folder of the changed pack.</param>
/// <param name="decide">Gives what a pack decides on the inputs of the plan.</param>
sealed class ChangedRules(
    string directory, string baseName, LoadedPack before, LoadedPack after, OpenedWorkspace workspace, Func<LoadedPack, RunRecord> decide)
{
    // Each costs a run: whoever changes more rules at once learns the sum only.
    const int MostLeftOut = 20;

    /// <exception cref="UsageException">The two are not versions of one pack.</exception>
    internal RulePlan Planned(string? approvedBy, CancellationToken cancellation)
    {
        var (earlier, later) = (before.Pack!, after.Pack!);
        if (earlier.Id != later.Id)
        {
            throw new UsageException($"--base: there is the pack {earlier.Id}, here is {later.Id}: only versions of one pack are compared");
        }

        var comparison = new PackComparison(earlier, later);
        var head = decide(after);
        var difference = PlanDifference.Of(comparison.DecideAlike ? OfVersion(head, before) : decide(before), head);
        return new RulePlan(
            baseName,
            difference,
            comparison.Changes,
            Attribution.Of(difference, difference.Moved.Count == 0 ? [] : WithoutEach(comparison, cancellation)),
            GateFinding.Of(earlier.Gates, later.Gates, difference),
            VersionSteps.Needed(difference, earlier.Canonical != later.Canonical),
            VersionSteps.Written(earlier.Version, later.Version),
            approvedBy)
        {
            NeverHit = RulePlan.NeverHitOf(head, later),
        };
    }

    // What decides alike needs no second run.
    static RunRecord OfVersion(RunRecord record, LoadedPack pack) => record with
    {
        Head = record.Head with { PackVersion = pack.Pack!.Version, PackHash = Runs.Identity.RunKey.PackHash(pack.Pack) },
    };

    List<(string Change, RunRecord? Result)> WithoutEach(PackComparison comparison, CancellationToken cancellation) =>
    [
        .. comparison.Changes.Where(change => change.Part != PackPart.Gates).Select((change, i) => (
            change.What, i < MostLeftOut ? Without(comparison.Without(change), cancellation) : null)),
    ];

    // A pack that is wrong without the change is no pack: the change does not stand alone.
    RunRecord? Without(string text, CancellationToken cancellation)
    {
        var options = new PackOptions(null, new Dictionary<string, string>(StringComparer.Ordinal), [.. workspace.Calendars.Keys])
        {
            Connections = workspace.ConnectionNames,
        };
        var pack = PackFiles.Read(Path.Combine(directory, "pack.yaml")) with { Bytes = Encoding.UTF8.GetBytes(text) };
        using var loaded = LoadedPack.From(directory, pack, tests: null, options, cancellation);
        try
        {
            return loaded.HasErrors ? null : decide(loaded);
        }
        catch (ReconException)
        {
            return null;
        }
    }
}
