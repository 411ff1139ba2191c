// One key, one act: what becomes of a request, by what was recorded before.
using Recon.Model;
using Recon.Model.Acts;
using Recon.Runs.Identity;
using Recon.Runs.Ports;

namespace Recon.Runs.Acting;

/// <summary>The rules by which every store keeps acts. Pure: the store asks while it holds its lock.</summary>
public static class ActLedger
{
    /// <summary>What a key of its own looks like is for the person to say.</summary>
    public const int LongestKey = 200;

    /// <summary>The act that was recorded before with the same effect, or the one to record now.</summary>
    /// <param name="underKey">The act under the key of the request; null where there is none, or no key was given.</param>
    /// <param name="ofSubject">The acts on the same subject in their order.</param>
    /// <param name="number">The number that a new act gets.</param>
    /// <exception cref="ReconException"><see cref="FaultKind.InputWrong"/>: the key has another effect, or the act is not possible.</exception>
    public static ActOutcome Decide(ActRequest request, Act? underKey, IReadOnlyList<Act> ofSubject, long number)
    {
        if (underKey is not null)
        {
            return underKey.Effect == request.Act.Effect
                ? new ActOutcome(underKey, WasRecorded: true)
                : throw new ReconException(
                    $"the key {underKey.Key} was used on {underKey.Day} by {underKey.By} to {Word(underKey.Kind)} {underKey.Subject}, with effect"
                        + $" {underKey.Effect[..16]}; this is another effect, so nothing was done",
                    FaultKind.InputWrong);
        }

        if (request.Key is null && ofSubject is [.., var last] && last.Effect == request.Act.Effect)
        {
            return new ActOutcome(last, WasRecorded: true);
        }

        return request.Objection(ofSubject) is { } objection
            ? throw new ReconException(objection, FaultKind.InputWrong)
            : new ActOutcome(
                request.Act with { Number = number, Key = request.Key ?? KeyAfter(ofSubject, request.Act.Effect) }, WasRecorded: false);
    }

    /// <summary>SHA-256 in hex of everything that an act does, by whom and why; not of when.</summary>
    public static string EffectOf(Act act)
    {
        using var digest = new ContentDigest();
        return digest
            .Add("recon-act").Add(act.Kind.ToString()).Add(act.PackId).Add(act.Subject).Add(act.By).Add(act.Reason ?? "")
            .Add(act.Detail.Text ?? "").Add(act.Detail.Until is { } until ? Results.ResultDocument.Iso(until) : "")
            .Add((act.Detail.Facts ?? []).Select(fact => $"{fact.Name}={fact.Value}"))
            .Add(act.Detail.Leg ?? []).Add((act.Detail.Records ?? []).Select(record => record.ToString()))
            .Hex();
    }

    /// <summary>The word of the command.</summary>
    public static string Word(ActKind kind) => kind.ToString().ToLowerInvariant();

    // The same command after another one is another operation: a break goes to Anna, to Bob and to Anna again.
    static string KeyAfter(IReadOnlyList<Act> ofSubject, string effect)
    {
        using var digest = new ContentDigest();
        return digest.Add("recon-act-key").Add(effect).Add(ofSubject.Count == 0 ? "" : ofSubject[^1].Key).Hex()[..32];
    }
}
