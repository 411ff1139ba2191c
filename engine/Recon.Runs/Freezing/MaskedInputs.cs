// Frozen inputs without what they say about people and accounts, which decide as before.
using Recon.Model;
using Recon.Runs.Normalising;
using Recon.Runs.Results;

namespace Recon.Runs.Freezing;

public static class MaskedInputs
{
    const string Hidden = "(masked)";

    /// <summary>The inputs under a mask.</summary>
    /// <param name="decided">What the pack decided on them.</param>
    /// <param name="percent">As of <see cref="SampledInputs.Of"/>; 100 for all.</param>
    /// <remarks>
    /// Settled records are known by hashes of what is hidden: rows that are delivered again are left out, as nothing is decided about them any
    /// more. Of rows that could not be read only the place stays.
    /// </remarks>
    public static FrozenInputs Of(FrozenInputs inputs, DecidedRun decided, TextMask mask, int percent)
    {
        var stays = SampledInputs.StaysIn(decided, percent);
        var sources = decided.Sources.Select((source, i) => (Spec: source.Records.Source, Source: source, Table: inputs.Tables[i])).ToList();
        var columns = sources.ToDictionary(
            source => source.Spec.Name, source => new MaskedColumns(source.Spec, mask), StringComparer.Ordinal);
        RulePatterns.Keep(mask, RulePatterns.Of(decided.Pack.Canonical), sources.SelectMany(source => Texts(source.Table, columns[source.Spec.Name])));
        var opening = inputs.Opening;
        return inputs with
        {
            Tables =
            [
                .. sources.Select(source => Of(
                    source.Table,
                    [.. SampledInputs.RowsOf(source.Table, source.Source, stays, percent).Except(source.Source.DecidedBefore())],
                    columns[source.Spec.Name],
                    mask)),
            ],
            Opening = new OpeningState(
                mask.OfHash(opening.Hash),
                null,
                [
                    .. opening.Items.Where(item => columns.ContainsKey(item.Record.Source) && stays(item.Record))
                        .Select(item => Of(item, columns[item.Record.Source], mask)),
                ],
                [],
                [.. opening.Closings.Select(closing => closing with { Account = mask.Of(closing.Account), Number = mask.Of(closing.Number) })])
            {
                AtRisk = null,
            },
        };
    }

    // As the rules see them: cleaned.
    static IEnumerable<string> Texts(RawTable table, MaskedColumns columns) => table.ColumnNames.Index()
        .Where(column => columns.IsMasked(column.Item))
        .SelectMany(column => Enumerable.Range(0, table.Count)
            .Where(row => !table.Columns[column.Index].IsNull(row))
            .Select(row => columns.Cleaned(column.Item, table.Columns[column.Index].Text(row)!)));

    static RawTable Of(RawTable table, int[] rows, MaskedColumns columns, TextMask mask) =>
        FrozenRows.Of(table, rows, columns.Of) with
        {
            Files = [.. table.Files.Select(file => new InputFile(file.Name, mask.OfHash(file.Sha256), file.Bytes))],
            Statements = [.. table.Statements.Select(statement => Of(statement, mask))],
            Rejects = [.. table.Rejects.Select(Of)],
        };

    static Statement Of(Statement statement, TextMask mask) => statement with
    {
        Account = mask.Of(statement.Account),
        Number = mask.Of(statement.Number),
        MovementsNote = statement.MovementsNote is null ? null : Hidden,
        Rejects = [.. statement.Rejects.Select(Of)],
    };

    static Reject Of(Reject reject) => reject with { Id = null, Reason = Hidden, Content = Hidden };

    static CarriedItem Of(CarriedItem item, MaskedColumns columns, TextMask mask)
    {
        RawCells cells =
        [
            .. item.Cells.Select(cell => KeyValuePair.Create(cell.Key, columns.Of(cell.Key)?.Invoke(cell.Value) ?? cell.Value))
                .Where(cell => cell.Value.Length > 0),
        ];
        var residual = item.Residual is { } left ? left with { Of = left.Of with { Record = columns.Id(left.Of.Record) } } : null;
        return item with
        {
            Record = new RecordId(item.Record.Source, residual?.Of.Id ?? columns.Id(item.Record.Id)),
            Content = RowContents.Of(cells),
            Cells = cells,
            OpenLegs = [.. item.OpenLegs.Select(leg => leg with { Break = mask.OfHash(leg.Break) })],
            Residual = residual,
        };
    }
}
