// The rows of all raw tables of a source, read and carried, under one number.
using System.Text;
using Recon.Model;
using Recon.Model.Columns;
using Recon.Runs.Results;

namespace Recon.Runs.Normalising;

/// <summary>
/// Rows of the table read now come first, from 0, in the order of file and line; the carried rows follow. Everything
/// before the <see cref="RecordTable"/> speaks of rows by this number.
/// </summary>
sealed class RawRows
{
    const int ContentCharacters = 500;
    const int PlacesShown = 10;

    readonly int[] _starts;
    readonly CarriedItem[] _carried;
    readonly (byte[] Name, string Text, TextColumn Column)[][] _sortedColumns;
    readonly string[][] _sortedNames;

    public RawRows(RawTable read, IReadOnlyList<CarriedItem> carried)
    {
        var carriedTables = CarriedTables.Of(read, carried);
        Tables = [read, .. carriedTables.Select(table => table.Table)];
        _carried = [.. carriedTables.SelectMany(table => table.Items)];
        HasResiduals = Array.Exists(_carried, item => item.Residual is not null);
        _starts = new int[Tables.Count + 1];
        for (var i = 0; i < Tables.Count; i++)
        {
            _starts[i + 1] = _starts[i] + Tables[i].Count;
        }

        _sortedColumns = [.. Tables.Select(SortedColumns)];
        _sortedNames = [.. _sortedColumns.Select(columns => columns.Select(column => column.Text).ToArray())];
    }

    public IReadOnlyList<RawTable> Tables { get; }

    public RawTable Read => Tables[0];

    public int Count => _starts[^1];

    /// <summary>Rows below it were read now, the others are carried.</summary>
    public int ReadCount => _starts[1];

    /// <summary>True where its server joined the row, so that not all its cells were read.</summary>
    public bool IsJoined(int row) => row < Read.Joined;

    public bool IsCarried(int row) => row >= ReadCount;

    public CarriedItem? Carried(int row) => IsCarried(row) ? _carried[row - ReadCount] : null;

    /// <summary>True where a carried row is what was left of a record that was matched in part.</summary>
    public bool HasResiduals { get; }

    public int Start(int table) => _starts[table];

    public int TableOf(int row)
    {
        var table = 0;
        while (row >= _starts[table + 1])
        {
            table++;
        }

        return table;
    }

    public int RowInTable(int row, int table) => row - _starts[table];

    /// <summary>The non-empty cells of a row by column name (ordinal UTF-8).</summary>
    public RawCells Cells(int row)
    {
        var table = TableOf(row);
        var rowInTable = RowInTable(row, table);
        var columns = _sortedColumns[table];
        var (count, bytes) = (0, 0);
        foreach (var (_, _, column) in columns)
        {
            var length = column.Utf8(rowInTable).Length;
            (count, bytes) = (count + (length > 0 ? 1 : 0), bytes + length);
        }

        // Most rows have every cell and share the names of their table.
        var names = count == columns.Length ? _sortedNames[table] : new string[count];
        var (ends, utf8) = (new int[count], new byte[bytes]);
        var (cell, end) = (0, 0);
        foreach (var (_, name, column) in columns)
        {
            var text = column.Utf8(rowInTable);
            if (!text.IsEmpty)
            {
                text.CopyTo(utf8.AsSpan(end));
                end += text.Length;
                (names[cell], ends[cell]) = (name, end);
                cell++;
            }
        }

        return new RawCells(names, utf8, ends);
    }

    /// <summary>Columns of a table by name (ordinal UTF-8); columns of one name stay in the order of the file.</summary>
    public ReadOnlySpan<(byte[] Name, string Text, TextColumn Column)> ColumnsByName(int table) =>
        _sortedColumns[table];

    /// <summary>The row as one line for people: <c>amount=12,3x; id=A1</c>, cut at 500 characters.</summary>
    public string ContentText(int row) => ContentText(Cells(row));

    public static string ContentText(RawCells cells)
    {
        var text = new StringBuilder();
        foreach (var (name, value) in cells)
        {
            text.Append(text.Length == 0 ? "" : "; ").Append(name).Append('=').Append(value);
            if (text.Length > ContentCharacters)
            {
                break;
            }
        }

        return OneLine.Of(text.ToString(), ContentCharacters);
    }

    /// <summary><c>a.csv:12</c>; without a file <c>row 3</c>.</summary>
    public string Place(int row)
    {
        var table = TableOf(row);
        var rowInTable = RowInTable(row, table);
        var line = Tables[table].Line(rowInTable);
        return Tables[table].FileName(rowInTable) is not { } file ? $"row {rowInTable + 1}"
            : line is null ? file
            : $"{file}:{line}";
    }

    /// <summary>The places of rows in the order of the files, at most ten.</summary>
    public string Places(IReadOnlyList<int> rows)
    {
        var places = rows.Order().Take(PlacesShown).Select(Place);
        var more = rows.Count > PlacesShown ? $" and {rows.Count - PlacesShown} more" : "";
        return string.Join(", ", places) + more;
    }

    static (byte[] Name, string Text, TextColumn Column)[] SortedColumns(RawTable table) =>
    [
        .. Enumerable.Range(0, table.Columns.Count)
            .OrderBy(i => table.ColumnNames[i], Comparer<string>.Create(Utf8Order.Compare))
            .Select(
                i => (Encoding.UTF8.GetBytes(table.ColumnNames[i]), table.ColumnNames[i], table.Columns[i])),
    ];
}
