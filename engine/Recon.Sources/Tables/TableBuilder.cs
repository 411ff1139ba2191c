// Collects rows, rejects and statements of all files of one source.
using Recon.Model;
using Recon.Model.Columns;
using Recon.Model.Rules;

namespace Recon.Sources.Tables;

/// <summary>Grows a <see cref="RawTable"/> file by file: rows of statements cell by cell, rows of CSV files in the blocks they were read in.</summary>
/// <param name="columnNames">The columns to begin with; a CSV file may bring more.</param>
sealed class TableBuilder(string source, IReadOnlyList<string> columnNames, bool hasStatements)
{
    // Beyond this the file is not what the pack means, and the list would eat the memory.
    const int MaxRejects = 100_000;

    // As many as the widest spreadsheet has.
    const int MaxColumns = 16_384;

    readonly List<string> _columnNames = [.. columnNames];
    readonly TextColumnBuilder[] _cells = [.. columnNames.Select(_ => new TextColumnBuilder())];
    readonly List<(RowBlock Block, int[] CellOf)> _blocks = [];
    readonly List<InputFile> _files = [];
    readonly List<int> _rowsBehind = [];
    readonly RowLines _lineOf = new();
    readonly List<int> _statementOf = [];
    readonly List<Statement> _statements = [];
    readonly List<TrailerValue> _trailer = [];
    readonly List<Reject> _rejects = [];
    int _filesWithoutEnd;
    int _rejectsBefore;

    public string Source => source;

    /// <summary>Takes the blocks of CSV files while they are read; null where nobody does.</summary>
    public BlockHandover? Handover { get; init; }

    /// <summary>Name of the file being read.</summary>
    public string File { get; private set; } = "";

    /// <summary>Index that the next statement gets.</summary>
    public int NextStatement => _statements.Count;

    public void BeginFile(string name) => (File, _rejectsBefore) = (name, _rejects.Count);

    public void EndFile(InputFile file)
    {
        _files.Add(file);
        _rowsBehind.Add(_lineOf.Count);
    }

    /// <summary>Index of each named column, in their order; new ones are NULL in the rows so far.</summary>
    /// <param name="line">Where the names stand, from 1.</param>
    public int[] IndexesOf(IReadOnlyList<string> names, int line)
    {
        var known = _columnNames.Index().ToDictionary(
            column => column.Item, column => column.Index, StringComparer.Ordinal);
        var indexes = new int[names.Count];
        for (var i = 0; i < indexes.Length; i++)
        {
            if (!known.TryGetValue(names[i], out indexes[i]))
            {
                indexes[i] = Add(names[i], line);
            }
        }

        return indexes;
    }

    /// <summary>Counts a row whose cells come with <see cref="Rows"/>.</summary>
    public void Row(int line) => _lineOf.Add(line);

    /// <summary>Counts as many rows, on lines one after the other.</summary>
    public void RowsOnLines(int firstLine, int count) => _lineOf.Add(firstLine, count);

    /// <summary>Adds the cells of the rows that were counted.</summary>
    /// <param name="columnOf">Cell → column; the other columns are NULL in these rows.</param>
    public void Rows(IReadOnlyList<RowBlock> blocks, int[] columnOf)
    {
        var cellOf = new int[_columnNames.Count];
        Array.Fill(cellOf, -1);
        for (var cell = 0; cell < columnOf.Length; cell++)
        {
            cellOf[columnOf[cell]] = cell;
        }

        _blocks.AddRange(blocks.Select(block => (block, cellOf)));
    }

    /// <summary>Adds a row of a statement by cells; null is NULL.</summary>
    public void Row(IReadOnlyList<string?> cells, int line, int statement)
    {
        for (var i = 0; i < _cells.Length; i++)
        {
            _cells[i].Append(cells[i]);
        }

        Row(line);
        _statementOf.Add(statement);
    }

    /// <summary>Adds a statement that has been read; what was rejected since the last one was part of it.</summary>
    public void Statement(Statement statement)
    {
        _statements.Add(statement with { Rejects = _rejects[_rejectsBefore..] });
        _rejectsBefore = _rejects.Count;
    }

    public void Trailer(int line, string name, string text) =>
        _trailer.Add(new TrailerValue(File, line, name, text));

    /// <summary>Counts a file whose last row ends without a line end, though others end with one.</summary>
    public void LastRowWithoutEnd() => _filesWithoutEnd++;

    /// <param name="content">The row, printable.</param>
    public void Reject(int line, string reason, string content)
    {
        if (_rejects.Count == MaxRejects)
        {
            throw Fault(line, $"more than {MaxRejects} rows rejected; the last: {reason}");
        }

        _rejects.Add(new Reject(source, File, line, null, reason, content));
    }

    /// <summary>A fault of the file being read, at a line from 1 (0: of the file as a whole).</summary>
    public ReconException Fault(int line, string what) =>
        new(line > 0 ? $"{File}: line {line}: {what}" : $"{File}: {what}", FaultKind.InputWrong);

    public RawTable Build(Dialect dialect)
    {
        Handover?.Finish();
        return Built(dialect);
    }

    RawTable Built(Dialect dialect) => new()
    {
        Source = source,
        Dialect = dialect,
        ColumnNames = _columnNames,
        Columns = hasStatements ? [.. _cells.Select(column => column.Build())] : ColumnsOfBlocks(),
        Count = _lineOf.Count,
        Files = _files,
        FileOf = _files.Count > 1 ? FileOf() : null,
        LineOf = _lineOf,
        StatementOf = hasStatements ? [.. _statementOf] : null,
        Statements = _statements,
        DeliveryColumns = hasStatements ? StatementColumns.OfDelivery : [],
        Trailer = _trailer,
        Rejects = _rejects,
        Notices = _filesWithoutEnd switch
        {
            0 => [],
            1 => ["1 file ends without a line end; its last row may have been cut"],
            _ => [$"{_filesWithoutEnd} files end without a line end; their last rows may have been cut"],
        },
    };

    TextColumn[] ColumnsOfBlocks()
    {
        var rows = new TextRows([.. _blocks.Select(entry => entry.Block)]);
        return [.. Enumerable.Range(0, _columnNames.Count).Select(
            column => TextColumn.Of(rows, [.. _blocks.Select(entry => column < entry.CellOf.Length ? entry.CellOf[column] : -1)]))];
    }

    ushort[] FileOf()
    {
        var fileOf = new ushort[_lineOf.Count];
        for (int file = 0, row = 0; file < _files.Count; row = _rowsBehind[file++])
        {
            fileOf.AsSpan(row.._rowsBehind[file]).Fill((ushort)file);
        }

        return fileOf;
    }

    int Add(string name, int line)
    {
        if (_columnNames.Count == MaxColumns)
        {
            throw Fault(line, $"more than {MaxColumns} columns in the files of the source");
        }

        _columnNames.Add(name);
        return _columnNames.Count - 1;
    }
}
