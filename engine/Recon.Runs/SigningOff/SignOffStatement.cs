// What two people sign for a period: which runs, what is left open, and that the balances agree.
using Recon.Model;
using Recon.Model.Acts;
using Recon.Model.Rules;
using Recon.Runs.Identity;
using Recon.Runs.Ports;
using Recon.Runs.Results;

namespace Recon.Runs.SigningOff;

/// <summary>Open items of one class and age.</summary>
/// <param name="Age">In days of the calendar from the date from which they age to the end of the period, as exposure names it.</param>
/// <param name="Net">By currency.</param>
public sealed record OpenLine(string Class, Status Status, string Age, int Count, IReadOnlyList<(Currency Currency, ExactTotal Total)> Net);

/// <summary>The books of a pack at the end of a period, as they are signed.</summary>
/// <param name="Runs">That stand up to the end of the period, the newest first.</param>
/// <param name="Open">The gravest status first, then by class, the oldest first.</param>
/// <param name="Hash">Of all that is signed, 16 hex digits.</param>
/// <param name="Objection">Why it cannot be signed; null where it can.</param>
public sealed record SignOffStatement(
    string PackId, Period Period, IReadOnlyList<RunHead> Runs, IReadOnlyList<OpenLine> Open, IReadOnlyList<BalanceProof> Proofs, string Hash, string? Objection)
{
    const int Digits = 16;

    /// <summary>Runs of the period itself; the others are what they rest on.</summary>
    public IEnumerable<RunHead> OfPeriod => Runs.Where(run => run.BusinessDate >= Period.From);

    /// <param name="balances">What our books say, by source and currency, as whoever prepares it has it from the ledger.</param>
    internal static SignOffStatement Of(IRunStore store, string packId, Period period, IReadOnlyList<GivenBalance> balances)
    {
        var runs = RunHead.Standing(store.Runs(packId, int.MaxValue)).Where(run => run.BusinessDate <= period.To).ToList();
        var breaks = store.Breaks(BreakQuery.All with { PackId = packId, Closed = true, AsOf = period.To }).Breaks;
        var open = breaks.Where(stored => stored is { ClosedBy: null, Break.IsSettled: false }).Select(stored => stored.Break).ToList();
        var closing = store.Opening(packId, period.To.AddDays(1));
        var posted = store.OwnPostings(packId).Where(posting => closing.HasSettled(posting.Record)).ToList();
        var proofs = BalanceProof.Of(closing, [.. breaks.Select(stored => stored.Break)], posted, balances);
        using var digest = new ContentDigest();
        var hash = digest.Add("recon-sign-off").Add(packId).Add(period.ToString()).Add(runs.Select(run => run.Id))
            .Add(open.Select(item => $"{item.Id} {item.Class} {item.Status} {string.Join(' ', item.Value)}"))
            .Add(proofs.Select(proof => proof.Text)).Hex()[..Digits];
        var statement = new SignOffStatement(packId, period, runs, Lines(open, period.To), proofs, hash, Objection: null);
        return statement with { Objection = ObjectionTo(statement) };
    }

    static List<OpenLine> Lines(List<Break> open, DateOnly end)
    {
        var ages = ExposureSpec.Usual;
        return
        [
            .. open.GroupBy(item => (item.Status, item.Class, Age: ages.BucketOf(end.DayNumber - item.DatedFrom.DayNumber)))
                .OrderByDescending(line => line.Key.Status).ThenBy(line => line.Key.Class, StringComparer.Ordinal).ThenByDescending(line => line.Key.Age)
                .Select(line => new OpenLine(
                    line.Key.Class, line.Key.Status, ages.BucketName(line.Key.Age), line.Count(), MoneySums.Of(line.SelectMany(item => item.Value)))),
        ];
    }

    static string? ObjectionTo(SignOffStatement statement) => !statement.OfPeriod.Any() ? $"no run of {statement.PackId} stands in {statement.Period}"
        : statement.Runs.LastOrDefault(run => run.IsStale) is { } stale
            ? $"run {stale.Id} of {ResultDocument.Iso(stale.BusinessDate)} rests on an older state of earlier dates: run that date again"
        : statement.Proofs.FirstOrDefault(proof => proof.Objection is not null)?.Objection;
}
