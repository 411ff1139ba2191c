// The tables to which a run writes: their columns, and how all rows of a run come out.
using System.Text;

namespace Recon.Store.Rows;

/// <summary>What a column holds. A store without days or moments keeps them as text of one width (<see cref="StoreText"/>).</summary>
enum ColumnKind
{
    Number,
    Text,
    Bytes,
    Date,
    Moment,
}

readonly record struct Column(string Name, ColumnKind Kind);

/// <summary>
/// One table. Its columns stand in the order in which the statement <c>NAME.of_run</c> reads them, so that what is read can be hashed
/// as it was written: all rows of a run, in the order in which it wrote them.
/// </summary>
sealed record RunTable(string Name, params IReadOnlyList<Column> Columns)
{
    /// <summary>All of them, in the order in which a run writes them: a row may point to earlier tables.</summary>
    public static IReadOnlyList<RunTable> All { get; } =
    [
        RunRows.Table,
        BreakRows.Table,
        EvidenceRows.Table,
        EvidenceFileRows.Table,
        OpenItemRows.Table,
        SettledRows.Table,
        BreakSegments.Table,
        ClosingRows.Table,
        PostingRows.Table,
        PostingRows.Mentions,
        DocumentRows.Table,
    ];

    /// <summary>A word of SQL stands in quotes.</summary>
    public string ColumnNames => string.Join(", ", Columns.Select(column => column.Name == "rule" ? "\"rule\"" : column.Name));

    /// <summary>A table from the names of its columns, of texts unless it says otherwise.</summary>
    public static RunTable Of(string name, string columns, string numbers = "", string bytes = "", string dates = "", string moments = "")
    {
        var kinds = new[] { (numbers, ColumnKind.Number), (bytes, ColumnKind.Bytes), (dates, ColumnKind.Date), (moments, ColumnKind.Moment) }
            .SelectMany(kind => kind.Item1.Split(' ').Select(column => (column, kind.Item2))).DistinctBy(entry => entry.column)
            .ToDictionary(entry => entry.column, entry => entry.Item2, StringComparer.Ordinal);
        return new RunTable(name, [.. columns.Split(' ').Select(column => new Column(column, kinds.GetValueOrDefault(column, ColumnKind.Text)))]);
    }

    /// <summary>All rows of a run.</summary>
    public string OfRun(Database database) => database.Sql[$"{Name}.of_run"];

    /// <summary>The hash of the rows of a run as the table has them now.</summary>
    public string DigestOf(Database database, long run)
    {
        using var digest = new RowDigest();
        using var statement = database.Prepare(OfRun(database));
        statement.ForEach(
            row =>
            {
                digest.Row(row.Count);
                for (var i = 0; i < row.Count; i++)
                {
                    Add(digest, row.Value(i));
                }
            },
            run);
        return digest.Finish();
    }

    static void Add(RowDigest digest, object? value)
    {
        switch (value)
        {
            case null:
                digest.Null();
                break;
            case long number:
                digest.Number(number);
                break;
            case double number:
                digest.Real(number);
                break;
            case byte[] bytes:
                digest.Bytes(bytes);
                break;
            default:
                digest.Text(Encoding.UTF8.GetBytes((string)value));
                break;
        }
    }
}
