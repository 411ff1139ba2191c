// Binds where a workspace keeps the matches of large runs, and for how long it keeps any.
using System.Globalization;
using System.Text.RegularExpressions;
using Recon.Model;
using Recon.Packs.Diagnosing;
using Recon.Packs.Syntax;
using Recon.Packs.Vocabulary;

namespace Recon.Packs.Binding;

sealed partial class KeepingBinder(Report report)
{
    static readonly TimeSpan Day = TimeSpan.FromDays(1);
    static readonly TimeSpan MostDays = TimeSpan.FromDays(36_500);

    public EvidenceSpec? Evidence(Keys workspace)
    {
        if (workspace.Map("evidence") is not { } map)
        {
            return null;
        }

        var keys = new Keys(map, workspace.PlaceOf("evidence"), WorkspaceShapes.Evidence, report);
        var folder = keys.Scalar("folder");
        if (folder is { Text: "" })
        {
            report.Add(Findings.NoValue, folder.Place, "a path", "folder");
        }

        return new EvidenceSpec(folder?.Text, Matches(keys.Scalar("from")));
    }

    public Dictionary<string, RetentionSpec> Retention(Keys workspace)
    {
        var policies = new Dictionary<string, RetentionSpec>(StringComparer.Ordinal);
        foreach (var entry in workspace.Map("retention")?.Entries ?? [])
        {
            if (!PolicyName().IsMatch(entry.Key.Text))
            {
                report.Add(Findings.BadName, entry.Key.Place, "standard", entry.Key.Text, "the name of a policy");
            }
            else if (workspace.Shape<MapNode>(entry.Value, "{ evidence: 400d }") is { } map && Policy(map, entry.Key.Place) is { } policy)
            {
                policies[entry.Key.Text] = policy;
            }
        }

        return policies;
    }

    RetentionSpec? Policy(MapNode map, Place owner)
    {
        var keys = new Keys(map, owner, WorkspaceShapes.Policy, report);
        var evidence = Days(keys.NeedScalar("evidence", "evidence: 400d"));
        var superseded = keys.Scalar("superseded") is { } node ? Days(node) : null;
        var packs = keys.OneOrMore("packs").Select(pack => keys.Shape<ScalarNode>(pack, "the id of a pack")?.Text).OfType<string>().ToList();
        if (keys.Find("packs") is ListNode { Items.Count: 0 } none)
        {
            report.Add(Findings.Empty, none.Place, "packs: [payments.card]; without it the policy is of all that no other names", "'packs'");
        }

        return evidence is { } days ? new RetentionSpec(days, superseded, packs) : null;
    }

    int? Days(ScalarNode? node)
    {
        if (node is null || Durations.Bind(node, node.Text, Day, MostDays, report) is not { } length)
        {
            return null;
        }

        if (length.Ticks % TimeSpan.TicksPerDay == 0)
        {
            return length.Days;
        }

        report.Add(Findings.BadText, node.Place, "400d", node.Text, "a number of days");
        return null;
    }

    long? Matches(ScalarNode? node)
    {
        switch (node?.Text)
        {
            case null:
                return null;
            case "never":
                return EvidenceSpec.Never;
            case var text when long.TryParse(
                text.Replace("_", "", StringComparison.Ordinal), NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count >= 1:
                return count;
            default:
                report.Add(Findings.BadNumber, node.Place, "from: 1_000_000", node.Text, "a number of matches of at least 1, or never");
                return null;
        }
    }

    [GeneratedRegex(@"^[A-Za-z][A-Za-z0-9_-]{0,62}\z", RegexOptions.CultureInvariant)]
    private static partial Regex PolicyName();
}
