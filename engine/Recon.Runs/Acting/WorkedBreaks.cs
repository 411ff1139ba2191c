// Breaks as runs recorded them, with what people did about them since.
using Recon.Model;
using Recon.Model.Acts;
using Recon.Model.Rules;
using Recon.Runs.Ports;

namespace Recon.Runs.Acting;

/// <param name="acts">Of one pack, in their order.</param>
public sealed class WorkedBreaks(IReadOnlyList<Act> acts)
{
    readonly ILookup<string, Act> _of = acts.ToLookup(act => act.Subject, StringComparer.Ordinal);
    readonly List<Act> _matches = [.. acts.Where(act => act.Detail.Records is not null)];
    readonly Decisions _decisions = new(acts);

    /// <summary>Ids of the breaks that may stand otherwise than their run recorded them.</summary>
    public IReadOnlySet<string> Decided { get; } = acts.Where(act => act.Kind is ActKind.Resolve or ActKind.Reopen)
        .Select(act => act.Subject).ToHashSet(StringComparer.Ordinal);

    /// <summary>Ids of the breaks that bear a label now.</summary>
    public IReadOnlySet<string> Labelled(string label) =>
        _of.Where(work => BreakWork.LabelsOf(work).Contains(label)).Select(work => work.Key).ToHashSet(StringComparer.Ordinal);

    /// <summary>The break as it stands now, with its acts.</summary>
    /// <param name="life">What each run said of it, oldest first.</param>
    public StoredBreak Told(StoredBreak recorded, Func<IEnumerable<Break>> life)
    {
        var done = _of[recorded.Break.Id].Concat(OnRecordsOf(recorded.Break)).OrderBy(act => act.Number).ToList();
        return done.Count == 0 ? recorded : recorded with { Break = StandingNow(recorded.Break, done, life), Acts = done };
    }

    // A match by hand takes the records of breaks, and bears another id unless it is the very break.
    IEnumerable<Act> OnRecordsOf(Break item) => _matches.Where(act => act.Subject != item.Id && act.Detail.Records!.Any(item.Records.Contains));

    Break StandingNow(Break item, List<Act> done, Func<IEnumerable<Break>> life)
    {
        if (_decisions.ClosingOf(item) is not null)
        {
            return _decisions.Applied(item);
        }

        // The run that will judge it again has not been made: it is what it was before a person closed it.
        return item.Class == BuiltInClasses.Resolved
            && done.LastOrDefault(act => act.Kind is ActKind.Resolve or ActKind.Reopen) is { Kind: ActKind.Reopen } reopening
            && life().LastOrDefault(earlier => earlier.Class != BuiltInClasses.Resolved) is { } before
                ? before with { Reason = $"{before.Reason}; reopened by {reopening.By} on {reopening.Day}: {reopening.Reason}" }
                : item;
    }
}

/// <summary>What acts leave on a break: who works on it and what it is called.</summary>
public static class BreakWork
{
    /// <summary>The word for no assignee.</summary>
    public const string Nobody = "nobody";

    /// <summary>Who works on it: by the last act that says so, else by the pack; null for nobody.</summary>
    public static string? AssigneeOf(Break item, IEnumerable<Act> acts) =>
        acts.LastOrDefault(act => act.Kind == ActKind.Assign) is { } assigned ? assigned.Detail.Text : item.Assign;

    /// <summary>Sorted.</summary>
    public static IReadOnlyCollection<string> LabelsOf(IEnumerable<Act> acts)
    {
        var labels = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var act in acts)
        {
            if (act.Kind == ActKind.Label)
            {
                labels.Add(act.Detail.Text!);
            }
            else if (act.Kind == ActKind.Unlabel)
            {
                labels.Remove(act.Detail.Text!);
            }
        }

        return labels;
    }
}
