// Counts and amounts of a run by source, leg and pass, and the proof that nothing was lost.
using Recon.Model;
using Recon.Model.Columns;
using Recon.Model.Rules;
using Recon.Runs.Normalising;
using Recon.Runs.Results;

namespace Recon.Runs.Assembling;

static class Summaries
{
    /// <param name="duplicates">Row → true where matching excluded the record as a duplicate; null: none.</param>
    internal static SourceSummary OfSource(
        NormalisedSource source, RawTable raw, IReadOnlyList<SideState> legs, bool[]? duplicates,
        IReadOnlyList<ExclusionCount> excluded)
    {
        var table = source.Records;
        var counts = source.Counts;
        var open = 0;
        for (var row = 0; row < table.Count; row++)
        {
            open += SideState.IsOpenAnywhere(legs, row) ? 1 : 0;
        }

        var left = excluded.Sum(exclusion => exclusion.Count);
        Require.That(counts.New + counts.Carried == table.Count);
        return new SourceSummary(
            table.Name,
            counts.Read,
            counts.Rejected,
            counts.Excluded + left,
            counts.Known,
            counts.New - left,
            counts.Carried,
            table.Count - left - open,
            open,
            [.. legs.Select(leg => OfLeg(table, leg, duplicates))],
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
            statistics.Capped);
    }

    static LegSummary OfLeg(RecordTable table, SideState state, bool[]? duplicates)
    {
        int matched = 0, earlier = 0, open = 0;
        for (var row = 0; row < table.Count; row++)
        {
            earlier += state.IsEarlier(row) ? 1 : 0;
            open += state.IsOpen(row) ? 1 : 0;
            matched += state.IsOpen(row) || duplicates?[row] == true ? 0 : 1;
        }

        var residuals = Enumerable.Range(table.Count, state.Residuals.Count).Count(state.IsOpen);
        var toward = state.Leg.Names.Where(name => name != table.Name);
        var amounts = table.Source.Fields
            .Where(field => field.Kind == FieldKind.Money)
            .SelectMany(field => Amounts(field.Name, table.Money(field.Name), state, duplicates));
        return new LegSummary([.. toward], matched, open, earlier, [.. amounts], residuals);
    }

    static IEnumerable<AmountSummary> Amounts(string field, MoneyColumn column, SideState state, bool[]? duplicates)
    {
        var matched = column.Currencies.Select(_ => new ExactSum()).ToArray();
        var open = column.Currencies.Select(_ => new ExactSum()).ToArray();
        for (var row = 0; row < column.Count; row++)
        {
            if (!column.IsNull(row) && duplicates?[row] != true)
            {
                var sums = state.IsOpen(row) ? open : matched;
                sums[column.CurrencyIndex(row)].Add(column.Units(row), column.Scale);
            }
        }

        MoveOpen(field, column, state, matched, open);
        return column.Currencies
            .Select((currency, i) => new AmountSummary(
                field,
                currency,
                At(column.Scale, matched[i].Total + open[i].Total),
                At(column.Scale, matched[i].Total),
                At(column.Scale, open[i].Total)))
            .OrderBy(amount => amount.Currency);
    }

    // What is left open of a record that was matched in part is open, and not matched.
    static void MoveOpen(string field, MoneyColumn column, SideState state, ExactSum[] matched, ExactSum[] open)
    {
        for (var i = 0; i < state.Residuals.Count; i++)
        {
            var residual = state.Residuals[i];
            if (residual.Of.Fields[^1] == field && state.IsOpen(column.Count + i))
            {
                var currency = column.CurrencyIndex(residual.Root);
                open[currency].Add(residual.Amount.Number);
                matched[currency].Add(-residual.Amount.Number);
            }
        }
    }

    // A sum of nothing has the digits of its column too.
    static ExactTotal At(int scale, ExactTotal total) => new(total.UnitsAt(scale), scale);
}
