// Writes rows as a Parquet file, group by group.
using Parquet;
using Parquet.Schema;

namespace Recon.Exports;

static class ExportTable
{
    // 128 Ki rows a group: some MiB, so that memory does not grow with the run.
    const int GroupRows = 1 << 17;

    static readonly ParquetOptions Options = new() { UseBigDecimal = true };

    public static async Task WriteAsync<TRow>(Stream file, IEnumerable<TRow> rows, IReadOnlyList<ExportColumn<TRow>> columns)
    {
        var schema = new ParquetSchema(columns.Select(column => column.Field));
        await using var writer = await ParquetWriter.CreateAsync(schema, file, Options);
        var count = 0;
        foreach (var row in rows)
        {
            foreach (var column in columns)
            {
                column.Add(row);
            }

            if (++count == GroupRows)
            {
                await WriteGroupAsync(writer, columns);
                count = 0;
            }
        }

        if (count > 0)
        {
            await WriteGroupAsync(writer, columns);
        }
    }

    static async Task WriteGroupAsync<TRow>(ParquetWriter writer, IReadOnlyList<ExportColumn<TRow>> columns)
    {
        using var group = writer.CreateRowGroup();
        foreach (var column in columns)
        {
            await column.WriteAsync(group);
        }
    }
}
