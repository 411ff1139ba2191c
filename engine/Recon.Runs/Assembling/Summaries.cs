// Counts and amounts of a run by source, leg and pass, and the proof that nothing was lost.
using Recon.Model;
using Recon.Model.Columns;
using Recon.Model.Rules;
using Recon.Runs.Normalising;
using Recon.Runs.Results;

namespace Recon.Runs.Assembling;

static class Summaries
{
    internal static SourceSummary OfSource(NormalisedSource source, RawTable raw, IReadOnlyList<SideState> legs)
    {
        var table = source.Records;
        var counts = source.Counts;
        var open = 0;
        for (var row = 0; row < table.Count; row++)
        {
            open += legs.Any(leg => leg.IsOpen(row)) ? 1 : 0;
        }

        Require.That(counts.New + counts.Carried == table.Count);
        return new SourceSummary(
            table.Name,
            counts.Read,
            counts.Rejected,
            counts.Excluded,
            counts.Known,
            counts.New,
            counts.Carried,
            table.Count - open,
            open,
            [.. legs.Select(leg => OfLeg(table, leg))],
            source.Exclusions,
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
            statistics.FirstRecords,
            statistics.SecondRecords,
            leg.Ambiguous.Count(component => component.Pass == pass.Index),
            statistics.Capped);
    }

    static LegSummary OfLeg(RecordTable table, SideState state)
    {
        int matched = 0, earlier = 0;
        for (var row = 0; row < table.Count; row++)
        {
            matched += state.MatchOf[row] >= 0 ? 1 : 0;
            earlier += state.IsEarlier(row) ? 1 : 0;
        }

        var toward = state.Leg.Names.Where(name => name != table.Name);
        var amounts = table.Source.Fields
            .Where(field => field.Kind == FieldKind.Money)
            .SelectMany(field => Amounts(field.Name, table.Money(field.Name), state));
        return new LegSummary([.. toward], matched + earlier, table.Count - matched - earlier, earlier, [.. amounts]);
    }

    static IEnumerable<AmountSummary> Amounts(string field, MoneyColumn column, SideState state)
    {
        var matched = new Int128[column.Currencies.Count];
        var open = new Int128[column.Currencies.Count];
        for (var row = 0; row < column.Count; row++)
        {
            if (!column.IsNull(row))
            {
                var sums = state.IsOpen(row) ? open : matched;
                sums[column.CurrencyIndex(row)] += column.Units(row);
            }
        }

        return column.Currencies
            .Select((currency, i) => new AmountSummary(
                field,
                currency,
                new ExactNumber(matched[i] + open[i], column.Scale),
                new ExactNumber(matched[i], column.Scale),
                new ExactNumber(open[i], column.Scale)))
            .OrderBy(amount => amount.Currency);
    }
}
