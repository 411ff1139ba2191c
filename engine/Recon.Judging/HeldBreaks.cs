// Breaks of open records that the pack in force cannot match where they are open.
using Recon.Model;
using Recon.Model.Rules;

namespace Recon.Judging;

/// <summary>An open record of an earlier run without a row, a leg or a source in this one.</summary>
/// <param name="Leg">Names of the leg's sources, of which the pack may lack some.</param>
/// <param name="DatedFrom">The date from which its break ages.</param>
/// <param name="Value">What it weighed when it was last read; null: nothing.</param>
/// <param name="Weighs">False where the value is weighed in another place.</param>
/// <param name="Why">Why it is held, for people.</param>
public sealed record HeldRecord(
    RecordId Record, IReadOnlyList<string> Leg, EarlierBreak Earlier, DateOnly DatedFrom, Money? Value, bool Weighs, string Why);

/// <summary>
/// A held record keeps its break, with id, birthday and age, in the class of <c>otherwise</c>: no rule can be asked about a
/// record that cannot be read. Nothing is posted for it, and it waits for a person.
/// </summary>
static class HeldBreaks
{
    /// <returns><paramref name="breaks"/>, then one for each held record.</returns>
    public static IReadOnlyList<Break> After(IReadOnlyList<Break> breaks, JudgingInput input)
    {
        if (input.Held.Count == 0)
        {
            return breaks;
        }

        var used = breaks.Select(item => item.Id).ToHashSet(StringComparer.Ordinal);
        var rule = input.Pack.Classes.First(found => found.On is BreakCondition.Any);
        var resolution = input.Pack.Resolutions.FirstOrDefault(found => found.For == rule.Id);
        return [.. breaks, .. input.Held.Select(held => input.Decisions.Applied(Of(held, IdOf(held, input.Pack, used), rule, resolution)))];
    }

    // An ambiguous break falls apart where some of its records are held: the first part keeps its id.
    static string IdOf(HeldRecord held, Pack pack, HashSet<string> used)
    {
        var id = used.Contains(held.Earlier.Id) ? EventId.Of(pack.Id, held.Leg, [held.Record]) : held.Earlier.Id;
        used.Add(id);
        return id;
    }

    static Break Of(HeldRecord held, string id, ClassSpec rule, ResolutionSpec? resolution) => new(
        id,
        BreakKind.Open,
        held.Leg,
        Pass: null,
        [held.Record],
        rule.Id,
        rule.Status,
        resolution?.Tier == Tier.Manual ? Tier.Manual : Tier.Escalate,
        resolution?.Assign,
        held.Earlier.Born,
        Due: null,
        held.DatedFrom,
        $"it stays open, because it cannot be matched under this pack: {held.Why}; it was {held.Earlier.Class}",
        [],
        held.Value is { } value ? [value] : []);
}
