// The records around a break that may have a say in it, a few first.
using System.Text;
using Recon.Model;
using Recon.Model.Columns;
using Recon.Runs;

namespace Recon.Cli.Capturing;

/// <summary>
/// Records of the break alone; then with those that share a telling text with one of them (a reference, an id); then with those that share an
/// amount too. A value that many records have tells nothing.
/// </summary>
static class Surroundings
{
    const int ManyRecords = 12;
    const int MostRecords = 200;

    public static IEnumerable<IReadOnlyList<RecordId>> Of(DecidedRun run, Break item)
    {
        yield return item.Records;
        var byText = Widened(run, item.Records, column => column.Kind == FieldKind.Text);
        yield return byText;
        yield return Widened(run, byText, column => column.Kind is FieldKind.Text or FieldKind.Money or FieldKind.Number);
    }

    static IReadOnlyList<RecordId> Widened(DecidedRun run, IReadOnlyList<RecordId> records, Func<Column, bool> tells)
    {
        var values = records.SelectMany(record => ValuesOf(run, record, tells)).ToHashSet(StringComparer.Ordinal);
        var sharing = new Dictionary<string, List<RecordId>>(StringComparer.Ordinal);
        foreach (var table in run.Tables)
        {
            for (var row = 0; row < table.Count; row++)
            {
                var record = new RecordId(table.Name, table.Id(row));
                foreach (var value in ValuesOf(table, row, tells).Where(values.Contains))
                {
                    (sharing.TryGetValue(value, out var known) ? known : sharing[value] = []).Add(record);
                }
            }
        }

        return [.. records.Concat(sharing.Values.Where(many => many.Count <= ManyRecords).SelectMany(many => many)).Distinct().Take(MostRecords)];
    }

    static IEnumerable<string> ValuesOf(DecidedRun run, RecordId record, Func<Column, bool> tells)
    {
        if (OwnPosting.Is(record))
        {
            return [record.Id];
        }

        var table = run.Tables.Single(table => table.Name == record.Source);
        return table.RowOf(Encoding.UTF8.GetBytes(record.Id)) is >= 0 and var row ? ValuesOf(table, row, tells) : [];
    }

    static IEnumerable<string> ValuesOf(RecordTable table, int row, Func<Column, bool> tells) =>
        table.Columns.Where(column => tells(column) && !column.IsNull(row)).Select(column => column.Display(row)!).Where(value => value.Length > 2);
}
