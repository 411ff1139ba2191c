// Reads the rows of a test as if they were files.
using Recon.Model;
using Recon.Model.Columns;
using Recon.Model.Rules;
using Recon.Runs.Identity;
using Recon.Runs.Ports;

namespace Recon.Runs.Testing;

/// <summary>Gives each source the rows that a test gives it, in the order asked for.</summary>
sealed class GivenReader(PackTest test, RowOrder order) : ISourceReader
{
    public RawTable Read(SourceSpec source, ReadRequest request, CancellationToken cancellation)
    {
        var rows = test.Given.TryGetValue(source.Name, out var given) ? Ordered(given) : [];
        var fields = source.Fields.Where(field => field.Derived is null).ToList();
        return new RawTable
        {
            Source = source.Name,
            Dialect = Dialect.Canonical,
            ColumnNames = [.. fields.Select(field => field.Name)],
            Columns = [.. fields.Select(field => TextColumn.Of(rows.Select(row => Cell(row, field.Name))))],
            Count = rows.Count,
            IsByField = true,
            Files = [FileOf(source, rows)],
            LineOf = new RowLines(rows.Select(row => row.Place.Line)),
        };
    }

    List<GivenRow> Ordered(IReadOnlyList<GivenRow> rows) => order switch
    {
        RowOrder.Reversed => [.. rows.Reverse()],
        // A stride that shares no divisor with the count visits every row once, far from where it stood.
        RowOrder.Strided => [.. Enumerable.Range(0, rows.Count).Select(i => rows[(int)(i * Stride(rows.Count) % rows.Count)])],
        _ => [.. rows],
    };

    static long Stride(int count)
    {
        var stride = (count / 2) + 1;
        while (Divisor(stride, count) > 1)
        {
            stride++;
        }

        return stride;
    }

    static int Divisor(int a, int b) => b == 0 ? a : Divisor(b, a % b);

    static string? Cell(GivenRow row, string field) =>
        row.Cells.FirstOrDefault(cell => cell.Key == field) is { Key: not null, Value: var text } ? text : null;

    static InputFile FileOf(SourceSpec source, List<GivenRow> rows)
    {
        using var digest = new ContentDigest();
        var texts = rows.Select(row => string.Join('\n', row.Cells
            .OrderBy(cell => cell.Key, StringComparer.Ordinal).Select(cell => $"{cell.Key}={cell.Value}")));
        return new InputFile($"given:{source.Name}", digest.Add(texts.Order(StringComparer.Ordinal)).Hex(), 0);
    }
}

/// <summary>In which order the rows of a test are read; no order may change the answer.</summary>
enum RowOrder
{
    AsWritten,
    Reversed,
    Strided,
}
