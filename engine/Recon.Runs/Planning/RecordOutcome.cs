// What a run decided about each record, leg by leg: what two versions of rules are compared by.
using Recon.Model;
using Recon.Model.Rules;
using Recon.Runs.Results;

namespace Recon.Runs.Planning;

/// <summary>What became of a record on a leg.</summary>
/// <param name="Event">Ids of the matches in which it stands, sorted; empty for an open record.</param>
/// <param name="Pass">The pass of the first of them. It is no part of the outcome: who matched it is nobody's money.</param>
public sealed record RecordOutcome(string Event, string? Pass, string Class, Status Status, Tier Tier)
{
    public bool IsMatched => Event.Length > 0;

    /// <summary><c>matched</c>, <c>matched: rounding-diff</c>, <c>open: missing-in-ledger</c>.</summary>
    public string Word => !IsMatched ? $"open: {Class}" : Class == BuiltInClasses.Matched ? "matched" : $"matched: {Class}";

    public bool IsSameAs(RecordOutcome? other) => other is not null
        && (Event, Class, Status, Tier) == (other.Event, other.Class, other.Status, other.Tier);

    /// <summary>Every record that is matched or open, by the sources of the leg and its name.</summary>
    public static Dictionary<(string Leg, RecordId Record), RecordOutcome> AllOf(RunRecord record)
    {
        var all = new Dictionary<(string, RecordId), RecordOutcome>();
        foreach (var match in MatchView.All(record))
        {
            var outcome = match.Break is { } found
                ? new RecordOutcome(match.Id, match.Pass, found.Class, found.Status, found.Tier)
                : new RecordOutcome(match.Id, match.Pass, BuiltInClasses.Matched, Status.Settled, Tier.Auto);
            foreach (var member in match.Records)
            {
                Add(all, LegOf(match.Leg), member, outcome);
            }
        }

        foreach (var (open, member) in OpenItems.Of(record))
        {
            Add(all, LegOf(open.Leg), member, new RecordOutcome("", null, open.Class, open.Status, open.Tier));
        }

        return all;
    }

    internal static string LegOf(IReadOnlyList<string> sources) => string.Join(" ~ ", sources);

    // A record that is matched in part stands in several matches, or is open with what is left of it: the gravest says its class.
    static void Add(Dictionary<(string, RecordId), RecordOutcome> all, string leg, RecordId member, RecordOutcome outcome)
    {
        if (all.TryGetValue((leg, member), out var other))
        {
            var gravest = outcome.Status > other.Status ? outcome : other;
            var events = other.Event.Split(' ').Append(outcome.Event).Where(id => id.Length > 0).Order(StringComparer.Ordinal);
            outcome = gravest with { Event = string.Join(' ', events), Pass = other.Pass ?? outcome.Pass };
        }

        all[(leg, member)] = outcome;
    }
}
