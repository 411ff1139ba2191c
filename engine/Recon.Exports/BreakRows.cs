// Breaks, the open records in them and the differences of matches as rows.
using Recon.Model;
using Recon.Runs.Results;

namespace Recon.Exports;

static class BreakRows
{
    public static IReadOnlyList<ExportColumn<(Break Break, RecordId Record)>> OpenColumns() =>
    [
        ExportColumns.Text<(Break Break, RecordId Record)>("leg", row => LegOf(row.Break)),
        ExportColumns.Text<(Break Break, RecordId Record)>("source", row => row.Record.Source),
        ExportColumns.Text<(Break Break, RecordId Record)>("id", row => row.Record.Id),
        ExportColumns.Text<(Break Break, RecordId Record)>("break", row => row.Break.Id),
        ExportColumns.Text<(Break Break, RecordId Record)>("class", row => row.Break.Class),
        ExportColumns.Text<(Break Break, RecordId Record)>("status", row => ResultDocument.Word(row.Break.Status)),
        ExportColumns.Day<(Break Break, RecordId Record)>("born", row => row.Break.Born),
    ];

    /// <param name="breaks">All that are to be written.</param>
    public static IReadOnlyList<ExportColumn<Break>> BreakColumns(IReadOnlyList<Break> breaks) =>
    [
        ExportColumns.Text<Break>("id", item => item.Id),
        ExportColumns.Text<Break>("kind", item => ResultDocument.Word(item.Kind)),
        ExportColumns.Text<Break>("leg", LegOf),
        ExportColumns.Text<Break>("pass", item => item.Pass),
        ExportColumns.Text<Break>("class", item => item.Class),
        ExportColumns.Text<Break>("status", item => ResultDocument.Word(item.Status)),
        ExportColumns.Text<Break>("tier", item => ResultDocument.Word(item.Tier)),
        ExportColumns.Text<Break>("assign", item => item.Assign),
        ExportColumns.Day<Break>("born", item => item.Born),
        ExportColumns.Day<Break>("due", item => item.Due),
        ExportColumns.Day<Break>("dated_from", item => item.DatedFrom),
        ExportColumns.Text<Break>("reason", item => item.Reason),
        ExportColumns.Count<Break>("records", item => item.Records.Count),
        ExportColumns.Amount<Break>("amount", ExportColumns.ScaleOf(breaks.SelectMany(item => item.Value)), Only),
        ExportColumns.Text<Break>("currency", item => Only(item)?.Currency),
        ExportColumns.Text<Break>("value", item => item.Value.Count == 0 ? null : string.Join("; ", item.Value)),
    ];

    /// <param name="breaks">All whose differences are to be written.</param>
    public static IReadOnlyList<ExportColumn<(Break Break, Difference Difference)>> DifferenceColumns(IReadOnlyList<Break> breaks)
    {
        var amounts = breaks.SelectMany(item => item.Differences).Select(difference => difference.Amount).OfType<Money>();
        return
        [
            ExportColumns.Text<(Break Break, Difference Difference)>("break", row => row.Break.Id),
            ExportColumns.Text<(Break Break, Difference Difference)>("fields", row => row.Difference.Fields),
            ExportColumns.Amount<(Break Break, Difference Difference)>("amount", ExportColumns.ScaleOf(amounts), row => row.Difference.Amount),
            ExportColumns.Text<(Break Break, Difference Difference)>("currency", row => row.Difference.Amount?.Currency),
            ExportColumns.Text<(Break Break, Difference Difference)>("value", row => row.Difference.Value),
        ];
    }

    static string LegOf(Break item) => string.Join('~', item.Leg);

    // An amount in several currencies is no number.
    static Money? Only(Break item) => item.Value is [var only] ? only : null;
}
