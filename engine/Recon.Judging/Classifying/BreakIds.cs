// Ids and birthdays of breaks, kept over the days that a break lives.
using Recon.Model;
using Recon.Model.Rules;

namespace Recon.Judging.Classifying;

/// <summary>
/// A break of open records keeps the id of the earlier break in which all its members stood; where that break has fallen
/// apart, the first part (ambiguous components before single records) keeps it. All others have the hash of their members.
/// </summary>
sealed class BreakIds(
    Pack pack, IReadOnlyDictionary<(int Leg, RecordId Record), EarlierBreak> earlier, DateOnly businessDate)
{
    readonly HashSet<string> _kept = new(StringComparer.Ordinal);

    /// <summary>Ids and birthdays in the order of <paramref name="subjects"/>; called once.</summary>
    public (string Id, DateOnly Born)[] Of(IReadOnlyList<Subject> subjects)
    {
        var ids = new (string Id, DateOnly Born)[subjects.Count];
        foreach (var kind in new[] { BreakKind.Difference, BreakKind.Ambiguous, BreakKind.Open })
        {
            for (var i = 0; i < ids.Length; i++)
            {
                if (subjects[i].Kind == kind)
                {
                    ids[i] = Of(subjects[i]);
                }
            }
        }

        return ids;
    }

    (string Id, DateOnly Born) Of(Subject subject)
    {
        var own = EventId.Of(pack.Id, subject.View.Leg.Names, subject.Records);
        if (subject.Kind == BreakKind.Difference || earlier.Count == 0)
        {
            return (own, businessDate);
        }

        var before = subject.Records
            .Select(record => earlier.GetValueOrDefault((subject.View.Leg.Index, record)))
            .ToList();
        var born = before.OfType<EarlierBreak>().Select(found => found.Born).Append(businessDate).Min();
        var keeps = before[0] is { } first
            && before.All(found => found?.Id == first.Id)
            && _kept.Add(first.Id);
        return (keeps ? before[0]!.Id : own, born);
    }
}
