// Which periods are signed off, and what that forbids.
namespace Recon.Model.Acts;

/// <summary>The certificates of a pack that are in force: signed by two people, and not opened again since.</summary>
/// <param name="acts">On the pack, in their order.</param>
public sealed class SignedPeriods(IEnumerable<Act> acts)
{
    readonly List<(Period Period, Act Certificate)> _signed =
    [
        .. acts.Where(act => act.Kind is ActKind.Certify or ActKind.Unlock).GroupBy(act => act.Subject, StringComparer.Ordinal)
            .Select(period => period.Last()).Where(act => act.Kind == ActKind.Certify)
            .Select(act => (Period.Parse(act.Subject)!.Value, act)).OrderBy(signed => signed.Item1.To),
    ];

    /// <summary>Why nothing of a date may be changed; null where it may. All up to the end of a signed period is closed, for it rests on that.</summary>
    public string? ObjectionTo(DateOnly date) => _signed.Find(signed => date <= signed.Period.To) is { Certificate: { } act } found
        ? $"{found.Period} of {act.PackId} was signed off by {act.By} on {act.Day}: nothing up to its end is changed without an override; "
            + $"'recon sign-off {act.PackId} --period {found.Period} --unlock --reason T' records one"
        : null;

    /// <summary>Why an act is not possible; null where no signed period forbids it.</summary>
    public string? ObjectionTo(Act act) => act.IsDecision || act.Kind == ActKind.Approve ? ObjectionTo(act.BusinessDate) : null;
}
