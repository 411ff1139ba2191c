// Carried items as raw tables, so that they are bound by the pack in force like any row.
using Recon.Model;
using Recon.Model.Columns;
using Recon.Runs.Results;

namespace Recon.Runs.Normalising;

/// <summary>Row i of <paramref name="Table"/> is item i of <paramref name="Items"/>.</summary>
sealed record CarriedTable(RawTable Table, IReadOnlyList<CarriedItem> Items);

static class CarriedTables
{
    // Rows point to their file by 16 bits.
    const int MaxFiles = ushort.MaxValue;

    /// <summary>One table for each dialect in which items were written.</summary>
    public static IReadOnlyList<CarriedTable> Of(RawTable read, IReadOnlyList<CarriedItem> items) =>
    [
        .. items.GroupBy(
            item => (item.Dialect, HasFile: item.File is not null, HasLine: item.Line is not null))
            .SelectMany(group => SplitByFiles(group))
            .Select(part => new CarriedTable(TableOf(read, part), part)),
    ];

    static IEnumerable<List<CarriedItem>> SplitByFiles(IEnumerable<CarriedItem> items)
    {
        var part = new List<CarriedItem>();
        var files = new HashSet<string>(StringComparer.Ordinal);
        foreach (var item in items)
        {
            if (item.File is not null && files.Add(item.File) && files.Count > MaxFiles)
            {
                yield return part;
                part = [];
                files = new HashSet<string>(StringComparer.Ordinal) { item.File };
            }

            part.Add(item);
        }

        yield return part;
    }

    static RawTable TableOf(RawTable read, List<CarriedItem> items)
    {
        var names = Distinct(items.Select(item => item.Cells.Names).Distinct().SelectMany(names => names));
        var files = Distinct(items.Select(item => item.File).OfType<string>());
        var fileIndex = files.Index().ToDictionary(
            file => file.Item, file => (ushort)file.Index, StringComparer.Ordinal);
        return new RawTable
        {
            Source = read.Source,
            Dialect = items[0].Dialect,
            ColumnNames = names,
            Columns = ColumnsOf(items, names),
            Count = items.Count,
            IsByField = read.IsByField,
            DeliveryColumns = read.DeliveryColumns,
            Files = [.. files.Select(file => new InputFile(file, "", 0))],
            FileOf = files.Length > 0 ? [.. items.Select(item => fileIndex[item.File!])] : null,
            LineOf = items[0].Line is null ? null : new RowLines(items.Select(item => item.Line!.Value)),
        };
    }

    static string[] Distinct(IEnumerable<string> names) =>
        [.. names.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    static TextColumn[] ColumnsOf(List<CarriedItem> items, string[] names)
    {
        var builders = names.ToDictionary(name => name, _ => new TextColumnBuilder(), StringComparer.Ordinal);
        for (var row = 0; row < items.Count; row++)
        {
            var cells = items[row].Cells;
            for (var cell = 0; cell < cells.Count; cell++)
            {
                // A second cell of one name is out of reach of the pack, here as in the file it came from.
                var builder = builders[cells.Names[cell]];
                if (builder.Count == row)
                {
                    builder.Append(cells.Utf8(cell));
                }
            }

            foreach (var builder in builders.Values)
            {
                if (builder.Count == row)
                {
                    builder.AppendNull();
                }
            }
        }

        return [.. names.Select(name => builders[name].Build())];
    }
}
