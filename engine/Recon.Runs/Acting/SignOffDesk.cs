// Two people sign the books of a period; then it is closed.
using Recon.Model;
using Recon.Model.Acts;
using Recon.Runs.Identity;
using Recon.Runs.Ports;
using Recon.Runs.SigningOff;

namespace Recon.Runs.Acting;

/// <summary>Records the signatures under a period, and that one is opened again.</summary>
public sealed class SignOffDesk(IRunStore store)
{
    const int FewestDigits = 8;

    /// <summary>What there is to sign, and the signatures that it has.</summary>
    /// <param name="balances">Where none is given, those of the last preparation.</param>
    /// <exception cref="ReconException"><see cref="FaultKind.NotFound"/>: no run of the pack is recorded.</exception>
    public (SignOffStatement Statement, IReadOnlyList<Act> Signatures) Of(string packId, Period period, IReadOnlyList<GivenBalance> balances)
    {
        if (store.Runs(packId, limit: 1).Count == 0)
        {
            var hint = NearestName.Hint(packId, store.Runs(null, int.MaxValue).Select(run => run.PackId));
            throw new ReconException($"no run of a pack {packId} is recorded{(hint is null ? "" : $"; {hint}")}", FaultKind.NotFound);
        }

        var acts = store.Acts(packId);
        var statement = SignOffStatement.Of(store, packId, period, balances.Count > 0 ? balances : PreparedWith(acts, period));
        return (statement, Signatures(acts, statement));
    }

    /// <summary>The first signature prepares, the second, of another person, closes the period.</summary>
    /// <param name="hash">Of what the person saw, or its first digits, at least 8.</param>
    /// <exception cref="ReconException"><see cref="FaultKind.InputWrong"/>: there is something else to sign now, or nothing that can be signed.</exception>
    public ActOutcome Sign(string packId, Period period, IReadOnlyList<GivenBalance> balances, string hash, Actor actor)
    {
        if (hash.Length < FewestDigits)
        {
            throw new ReconException($"'{hash}' is too short: at least {FewestDigits} digits of the hash", FaultKind.InputWrong);
        }

        bool IsAsked(Act act) => act.Kind is ActKind.Prepare or ActKind.Certify && act.PackId == packId && act.Subject == period.ToString()
            && HexPrefix.Begins(act.Detail.Text!, hash);
        if (ActLedger.UnderKey(store, actor, IsAsked) is { } done)
        {
            return done;
        }

        var (statement, signatures) = Of(packId, period, balances);
        if (!HexPrefix.Begins(statement.Hash, hash))
        {
            throw new ReconException(
                $"what there is to sign for {period} is {statement.Hash}, not {hash}: it is something else than you saw; without --hash it is shown",
                FaultKind.InputWrong);
        }

        var kind = signatures.Count == 0 ? ActKind.Prepare : ActKind.Certify;
        var given = statement.Proofs.Where(proof => proof.OurBalance is not null)
            .Select(proof => new Fact($"balance {proof.Ours}", $"{proof.OurBalance} {proof.Currency}"));
        var act = ActOf(statement, kind, new ActDetail(Text: statement.Hash, Facts:
        [
            new("runs", $"{statement.OfPeriod.Count()}"), new("open items", $"{statement.Open.Sum(line => line.Count)}"), .. given,
        ]), actor);
        return store.Act(new ActRequest(act, actor.Key, acts => ObjectionTo(statement, kind, actor, acts))
        {
            Holding = acts => Signatures(acts, statement).FirstOrDefault(signed => PersonName.IsSame(signed.By, actor.By)),
            ObjectionOfRuns = runs => runs.Where(run => run.IsStanding && run.BusinessDate <= period.To).Select(run => run.Id).ToHashSet()
                .SetEquals(statement.Runs.Select(run => run.Id)) ? null : "a run was recorded meanwhile: look again at what is signed",
        });
    }

    /// <summary>Opens a signed period: its dates may be run and decided again, and it has to be signed anew.</summary>
    public ActOutcome Unlock(string packId, Period period, Actor actor)
    {
        if (ActLedger.UnderKey(store, actor, act => act.Kind == ActKind.Unlock && act.PackId == packId && act.Subject == period.ToString()) is { } done)
        {
            return done;
        }

        var act = ActOf(SignOffStatement.Of(store, packId, period, []), ActKind.Unlock, new ActDetail(), actor);
        return store.Act(new ActRequest(act, actor.Key, acts => LastWord(acts, act.Subject) is { Kind: ActKind.Certify } ? null
            : $"{period} of {packId} is not signed off"));
    }

    static Act ActOf(SignOffStatement statement, ActKind kind, ActDetail detail, Actor actor)
    {
        var act = new Act(
            0, "", "", statement.PackId, statement.Period.To, statement.Period.ToString(), kind, detail, actor.Reason, actor.At, actor.By);
        return act with { Effect = ActLedger.EffectOf(act) };
    }

    static string? ObjectionTo(SignOffStatement statement, ActKind kind, Actor actor, IReadOnlyList<Act> acts)
    {
        var signatures = Signatures(acts, statement);
        return signatures.FirstOrDefault(act => act.Kind == ActKind.Certify) is { } certificate
                ? $"{statement.Period} of {statement.PackId} was signed off by {certificate.By} on {certificate.Day} already"
            : statement.Objection
            ?? ((kind == ActKind.Prepare) != (signatures.Count == 0) ? "somebody else has signed meanwhile: try again"
                : kind == ActKind.Certify && PersonName.IsSame(signatures[0].By, actor.By)
                    ? $"{signatures[0].By} prepared it on {signatures[0].Day}: another person must review it"
                : null);
    }

    // Those of what there is to sign now: what was signed before a change counts no more, and nothing from before the period was opened again.
    static List<Act> Signatures(IReadOnlyList<Act> acts, SignOffStatement statement)
    {
        var ofPeriod = acts.Where(act => act.Subject == statement.Period.ToString()).ToList();
        return ofPeriod.Skip(ofPeriod.FindLastIndex(act => act.Kind == ActKind.Unlock) + 1)
            .Where(act => act.Kind is ActKind.Prepare or ActKind.Certify && act.Detail.Text == statement.Hash).ToList();
    }

    static Act? LastWord(IReadOnlyList<Act> acts, string period) =>
        acts.LastOrDefault(act => act.Subject == period && act.Kind is ActKind.Certify or ActKind.Unlock);

    static List<GivenBalance> PreparedWith(IReadOnlyList<Act> acts, Period period) =>
        acts.LastOrDefault(act => act.Subject == period.ToString() && act.Kind == ActKind.Prepare) is not { Detail.Facts: { } facts } ? []
        : [.. facts.Where(fact => fact.Name.StartsWith("balance ", StringComparison.Ordinal) && Money.TryParse(fact.Value, out _))
            .Select(fact => new GivenBalance(fact.Name["balance ".Length..], Money.TryParse(fact.Value, out var amount) ? amount : default))];
}
