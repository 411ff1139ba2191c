// Which change of the rules moved which records: each change is left out by itself.
using Recon.Runs.Results;

namespace Recon.Runs.Planning;

/// <summary>Records that move because of the same changes.</summary>
/// <param name="Changes">
/// Each of them by itself is needed for these records to end as they do. More than one: they act together. None: no change that could be left
/// out is needed.
/// </param>
/// <param name="IsKnown">
/// Without changes: true where each was left out, so that any of several would do; false where one that could not be left out, or was not
/// tried, may be needed.
/// </param>
public sealed record MovedShare(IReadOnlyList<string> Changes, int Records, bool IsKnown);

/// <summary>Every moved record counted once, by the changes that it needs.</summary>
/// <param name="Shares">Single changes first, in the order of the language, then several, then none.</param>
/// <param name="NotAlone">Changes that cannot be left out by themselves: the pack would be wrong, or was not tried any more.</param>
public sealed record Attribution(IReadOnlyList<MovedShare> Shares, IReadOnlyList<string> NotAlone)
{
    /// <param name="without">By change what the head gives without it; null where it cannot be left out.</param>
    public static Attribution Of(PlanDifference difference, IReadOnlyList<(string Change, RunRecord? Result)> without)
    {
        var head = RecordOutcome.AllOf(difference.Head);
        var needed = difference.Moved.ToDictionary(record => (record.Leg, record.Record), _ => new List<string>());
        foreach (var (change, result) in without.Where(entry => entry.Result is not null))
        {
            var outcomes = RecordOutcome.AllOf(result!);
            foreach (var (key, changes) in needed)
            {
                if (!IsSame(outcomes.GetValueOrDefault(key), head.GetValueOrDefault(key)))
                {
                    changes.Add(change);
                }
            }
        }

        return new Attribution(
            SharesOf(needed.Values, [.. without.Select(entry => entry.Change)], without.All(entry => entry.Result is not null)),
            [.. without.Where(entry => entry.Result is null).Select(entry => entry.Change)]);
    }

    static bool IsSame(RecordOutcome? one, RecordOutcome? other) => one is null ? other is null : one.IsSameAs(other);

    static List<MovedShare> SharesOf(IEnumerable<List<string>> needed, List<string> order, bool allTried) =>
    [
        .. needed.GroupBy(changes => string.Join('\n', changes), StringComparer.Ordinal)
            .Select(group => new MovedShare(group.First(), group.Count(), group.First().Count > 0 || allTried))
            .OrderBy(share => share.Changes.Count == 0 ? int.MaxValue : share.Changes.Count)
            .ThenBy(share => share.Changes.Count == 0 ? 0 : order.IndexOf(share.Changes[0]))
            .ThenBy(share => string.Join('\n', share.Changes), StringComparer.Ordinal),
    ];
}
