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
    /// <param name="ofPack">The acts on the same pack in their order.</param>
    /// <param name="number">The number that a new act gets.</param>
    /// <exception cref="ReconException"><see cref="FaultKind.InputWrong"/>: the key has another effect, or the act is not possible.</exception>
    public static ActOutcome Decide(ActRequest request, Act? underKey, IReadOnlyList<Act> ofPack, long number)
    {
        if (underKey is not null)
        {
            return Again(underKey, SaysTheSame(underKey, request.Act));
        }

        var ofSubject = ofPack.Where(act => act.Subject == request.Act.Subject).ToList();
        if (request.Key is null && Done(request, ofPack, ofSubject) is { } done)
        {
            return new ActOutcome(done, WasRecorded: true);
        }

        return (new SignedPeriods(ofPack).ObjectionTo(request.Act) ?? request.Objection(ofPack)) is { } objection
            ? throw new ReconException(objection, FaultKind.InputWrong)
            : new ActOutcome(
                request.Act with { Number = number, Key = request.Key ?? KeyAfter(ofSubject, request.Act.Effect) }, WasRecorded: false);
    }

    /// <summary>
    /// The act that was recorded before under the key that the person chose, asked before anything else: what a first try changed is no
    /// objection to the second. Null where there is none.
    /// </summary>
    /// <param name="isAsked">True where the act is what is asked now, in the words of the person.</param>
    /// <exception cref="ReconException"><see cref="FaultKind.InputWrong"/>: the key has another effect.</exception>
    internal static ActOutcome? UnderKey(IRunStore store, Actor actor, Func<Act, bool> isAsked) =>
        actor.Key is { } key && store.FindAct(key) is { } act
            ? Again(act, act.By == actor.By && act.Reason == actor.Reason && isAsked(act))
            : null;

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

    static ActOutcome Again(Act underKey, bool isSame) => isSame
        ? new ActOutcome(underKey, WasRecorded: true)
        : throw new ReconException(
            $"the key {underKey.Key} was used on {underKey.Day} by {underKey.By} to {Word(underKey.Kind)} {underKey.Subject}, with effect"
                + $" {underKey.Effect[..16]}; this is another effect, so nothing was done",
            FaultKind.InputWrong);

    // Facts are of the moment; the words are the person's.
    static bool SaysTheSame(Act one, Act other) =>
        (one.Kind, one.PackId, one.Subject, one.By, one.Reason, one.Detail.Text, one.Detail.Until)
            == (other.Kind, other.PackId, other.Subject, other.By, other.Reason, other.Detail.Text, other.Detail.Until);

    static Act? Done(ActRequest request, IReadOnlyList<Act> ofPack, List<Act> ofSubject) =>
        ofSubject is [.., var last] && last.Effect == request.Act.Effect ? last : request.Holding(ofPack);

    // The same command after another one is another operation: a break goes to Anna, to Bob and to Anna again.
    static string KeyAfter(List<Act> ofSubject, string effect)
    {
        using var digest = new ContentDigest();
        return digest.Add("recon-act-key").Add(effect).Add(ofSubject.Count == 0 ? "" : ofSubject[^1].Key).Hex()[..32];
    }
}
