// Counts and amounts of a run by source, leg and pass, and the proof that nothing was lost.
using System.Numerics;
using Recon.Model;
using Recon.Model.Columns;
using Recon.Model.Rules;
using Recon.Runs.Normalising;
using Recon.Runs.Results;

namespace Recon.Runs.Assembling;

static class Summaries
{
    /// <param name="held">Open items of the source that the pack cannot match: those without a record count as carried and open.</param>
    /// <param name="duplicates">Row → true where matching excluded the record as a duplicate; null: none.</param>
    internal static SourceSummary OfSource(
        NormalisedSource source, RawTable raw, IReadOnlyList<SideState> legs, IReadOnlyList<HeldPlace> held, bool[]? duplicates,
        IReadOnlyList<ExclusionCount> excluded)
    {
        var table = source.Records;
        var counts = source.Counts;
        CarriedItem[] unread = [.. HeldItems.WithoutRecord(held)];
        var open = SideState.OpenAnywhere(legs).Length
            + held.Where(place => place.Row >= 0 && !legs.Any(leg => leg.IsOpen(place.Row))).DistinctBy(place => place.Row).Count();
        var left = excluded.Sum(exclusion => exclusion.Count);
        Require.That(counts.New + counts.Carried == table.Count);
        return new SourceSummary(
            table.Name,
            counts.Read,
            counts.Rejected,
            counts.Excluded + left,
            counts.Known,
            counts.New - left,
            counts.Carried + unread.Length,
            table.Count - left - open,
            open + unread.Length,
            [.. legs.Select(leg => OfLeg(table, leg, unread, duplicates))],
            [.. source.Exclusions, .. excluded],
            raw.Files);
    }

    internal static PassSummary OfPass(PassSpec pass, LegMatches leg)
    {
        var statistics = leg.Passes.Single(entry => entry.Pass == pass.Index);
        return new PassSummary(
            pass.Id,
            pass.Leg.Names,
            statistics.Candidates,
            statistics.Matches,
            statistics.Records,
            leg.Ambiguous.Count(component => component.Pass == pass.Index),
            statistics.Capped,
            statistics.Alternatives);
    }

    static LegSummary OfLeg(RecordTable table, SideState state, CarriedItem[] unread, bool[]? duplicates)
    {
        var earlier = unread.Count(item => item.IsTakenOn(state.Leg));
        var open = state.OpenRows.Length;
        var leftOut = 0;
        for (var row = 0; duplicates is not null && row < table.Count; row++)
        {
            leftOut += duplicates[row] && !state.IsOpen(row) ? 1 : 0;
        }

        var toward = state.Leg.Names.Where(name => name != table.Name);
        var amounts = table.Source.Fields
            .Where(field => field.Kind == FieldKind.Money)
            .SelectMany(field => Amounts(field.Name, table.Money(field.Name), state, duplicates));
        var residuals = state.OpenResiduals.Count();
        return new LegSummary(
            [.. toward],
            table.Count - open - leftOut + earlier,
            open + unread.Length - earlier,
            earlier + (state.Settled?.Count(settled => settled) ?? 0),
            [.. amounts],
            residuals);
    }

    // What is matched is the rest: most records are. What is left of a record is open, and was matched with it.
    static IEnumerable<AmountSummary> Amounts(string field, MoneyColumn column, SideState state, bool[]? duplicates)
    {
        var scope = CurrencyTotals.OfAll(column, duplicates);
        var open = CurrencyTotals.Of(column, state.OpenRows, duplicates);
        var left = state.OpenResiduals.Select(each => each.Residual).Where(residual => residual.Field == field).ToList();
        var scale = left.Aggregate(column.Scale, (finest, residual) => Math.Max(finest, residual.Amount.Number.Scale));
        var lift = BigInteger.Pow(10, scale - column.Scale);
        return column.Currencies
            .Select((currency, i) => Summary(
                currency,
                scope[i] * lift,
                left.Where(residual => residual.Amount.CurrencyCode == currency)
                    .Aggregate(open[i] * lift, (sum, residual) => sum + residual.Amount.Number.Rescaled(scale).Units)))
            .OrderBy(amount => amount.Currency);

        AmountSummary Summary(Currency currency, BigInteger whole, BigInteger part) => new(
            field, currency, new ExactTotal(whole, scale), new ExactTotal(whole - part, scale), new ExactTotal(part, scale));
    }
}
