// The decisions of people that are in force, and what they make of a break.
using Recon.Model.Rules;

namespace Recon.Model.Acts;

/// <summary>The last word of people on each break and match.</summary>
public sealed class Decisions
{
    readonly SortedDictionary<string, Act> _resolved = new(StringComparer.Ordinal);
    readonly SortedDictionary<string, Act> _extended = new(StringComparer.Ordinal);
    readonly SortedDictionary<string, Act> _matched = new(StringComparer.Ordinal);
    readonly SortedDictionary<string, Act> _apart = new(StringComparer.Ordinal);
    readonly SortedDictionary<string, Act> _undone = new(StringComparer.Ordinal);

    /// <param name="acts">In the order in which they were done.</param>
    public Decisions(IEnumerable<Act> acts)
    {
        foreach (var act in acts)
        {
            switch (act.Kind)
            {
                case ActKind.Resolve:
                    _resolved[act.Subject] = act;
                    break;
                case ActKind.Reopen:
                    _resolved.Remove(act.Subject);
                    break;
                case ActKind.Extend:
                    _extended[act.Subject] = act;
                    break;
                case ActKind.Match:
                    _matched[act.Subject] = act;
                    _apart.Remove(act.Subject);
                    break;
                case ActKind.Unmatch:
                    _apart[act.Subject] = act;
                    _matched.Remove(act.Subject);
                    break;
                case ActKind.Undo:
                    _undone[act.Subject] = act;
                    break;
            }
        }
    }

    public static Decisions None { get; } = new([]);

    public bool IsEmpty => !InForce.Any();

    /// <summary>Those in force, kind by kind, each by the id of what it is about.</summary>
    public IEnumerable<Act> InForce => _extended.Values.Concat(_resolved.Values).Concat(_matched.Values).Concat(_apart.Values)
        .Concat(_undone.Values);

    /// <summary>What people matched by hand, in the order in which they did.</summary>
    public IReadOnlyList<Act> Matched => [.. _matched.Values.OrderBy(act => act.Number)];

    /// <summary>What people took apart, in the order in which they did.</summary>
    public IReadOnlyList<Act> Apart => [.. _apart.Values.OrderBy(act => act.Number)];

    /// <summary>The act that gave the break another deadline; null where none did.</summary>
    public Act? ExtensionOf(string breakId) => _extended.GetValueOrDefault(breakId);

    /// <summary>The act by which a person closed the break, and its facts are still those; null where there is none.</summary>
    public Act? ClosingOf(Break item) =>
        _resolved.GetValueOrDefault(item.Id) is { } act && BreakFacts.Changed(act.Detail.Facts ?? [], item) is null ? act : null;

    /// <summary>
    /// The break as it stands under these decisions: of class <c>resolved</c> where a person closed it; as judged, with the cause,
    /// where what that rested on has changed since.
    /// </summary>
    public Break Applied(Break item)
    {
        if (!_resolved.TryGetValue(item.Id, out var act) || item.IsSettled)
        {
            return item;
        }

        return BreakFacts.Changed(act.Detail.Facts ?? [], item) is { } cause
            ? item with { Reason = $"{item.Reason}; reopened: {act.By} resolved it on {act.Day} ({act.Reason}), but its {cause}" }
            : item with
            {
                Class = BuiltInClasses.Resolved,
                Status = Status.Settled,
                Tier = Tier.Auto,
                Due = null,
                Reason = $"{item.Reason}; resolved by {act.By} on {act.Day}: {act.Reason}",
            };
    }
}
