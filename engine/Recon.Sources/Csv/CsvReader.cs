// Reads one CSV file: every column of it, so that the raw row is kept whole.
using System.Text;
using Recon.Model;
using Recon.Model.Columns;
using Recon.Model.Rules;
using Recon.Sources.Files;
using Recon.Sources.Tables;

namespace Recon.Sources.Csv;

/// <summary>Rows go into the table; broken rows are rejects; a file that is not whole or no such CSV is a fault.</summary>
sealed class CsvReader
{
    readonly CsvSpec _spec;
    readonly TableBuilder _table;
    readonly CsvText _text;
    readonly CsvRows _rows;
    readonly byte[] _trailerMark;
    readonly IReadOnlyList<string> _wanted;

    readonly RowWindows _windows;

    PlainRows? _plain;

    // Column of the table by cell, and its name.
    int[] _columnOf = [];
    string[] _names = [];
    int _trailerLine;

    CsvReader(CsvSpec spec, IReadOnlyList<string> wanted, InputStream input, TableBuilder table)
    {
        _spec = spec;
        _wanted = wanted;
        _table = table;
        _text = CsvText.Of(input, spec.Encoding);
        var (separator, quote) = (checked((byte)spec.Separator), checked((byte?)spec.Quote));
        _windows = table.Handover is { } handover
            ? new PassingWindows(handover, KeeperOf(handover, input, separator, quote), TableOf)
            : StayingWindows.For(input.Size);
        _rows = new CsvRows(_text.Utf8, separator, quote, _windows);
        _trailerMark = spec.Trailer is { } trailer ? Encoding.UTF8.GetBytes(trailer.FirstCell) : [];
    }

    /// <param name="wanted">The columns that fields read: each must be there.</param>
    public static void Read(
        CsvSpec spec, IReadOnlyList<string> wanted, InputStream input, TableBuilder table)
    {
        try
        {
            new CsvReader(spec, wanted, input, table).Read();
        }
        catch (LongRowException exception)
        {
            throw exception.Fault(table.File);
        }
    }

    void Read()
    {
        Begin();
        BindColumns();
        var isRow = !_spec.HasHeader || _rows.Next();
        while (isRow)
        {
            Take();
            TakePlain();
            isRow = _rows.Next();
        }

        _table.Rows(_windows.Kept, _columnOf);
    }

    // Passes over the lines before the header.
    void Begin()
    {
        for (var i = 0; i < _spec.SkipLines; i++)
        {
            if (!_rows.SkipLine())
            {
                throw _table.Fault(0, $"the file has {i} lines; the source says skip: {_spec.SkipLines}");
            }
        }

        if (!_rows.Next())
        {
            throw _table.Fault(0, $"no {(_spec.HasHeader ? "header line" : "row")}: all lines are blank");
        }
    }

    void BindColumns()
    {
        if (!_spec.HasHeader && IsTrailer())
        {
            return;
        }

        _names = _spec.HasHeader ? CsvHeader.Names(_rows, _table) : CsvHeader.Positions(_rows.Count);
        CsvHeader.Require(_wanted, _names, _spec, _rows, _table);
        _columnOf = _table.IndexesOf(_names, _rows.Line);
        _plain = _columnOf.Length > 1 ? new PlainRows(checked((byte)_spec.Separator), _columnOf.Length, _trailerMark) : null;
    }

    // Only the bytes of UTF-8 are those of the file; and each file whose rows lie elsewhere stays open.
    CsvRowKeeper? KeeperOf(BlockHandover handover, InputStream input, byte separator, byte? quote) =>
        _text.IsTranscoded || !handover.TakesFile(input.Size)
            ? null
            : new CsvRowKeeper(input.KeepOpen(), input.Name, _text.Start, input.Size, input.Changed, separator, quote);

    RawTable TableOf(RowBlock block)
    {
        var rows = new TextRows([block]);
        return new RawTable
        {
            Source = _table.Source,
            Dialect = _spec.Dialect,
            ColumnNames = _names,
            Columns = [.. Enumerable.Range(0, _names.Length).Select(cell => TextColumn.Of(rows, [cell]))],
            Count = block.Count,
            Files = [],
        };
    }

    void Take()
    {
        ThrowIfHalfWritten();
        if (_trailerLine > 0)
        {
            throw _table.Fault(_rows.Line,
                $"a row behind the trailer in line {_trailerLine}: {Printable.Of(_rows.Row)}");
        }

        if (IsTrailer())
        {
            TakeTrailer();
            return;
        }

        // Half a cell looks like a whole one.
        if (!_rows.IsTerminated && _rows.Line > 1)
        {
            _table.LastRowWithoutEnd();
        }

        if (CsvDefect.Of(_rows, _columnOf.Length, Measure, _text.Encoding) is { } defect)
        {
            _table.Reject(_rows.Line, defect, Printable.Of(_rows.Row));
        }
        else
        {
            _rows.Keep();
            _table.Row(_rows.Line);
        }
    }

    // What Take would find sound; behind a trailer nothing is.
    void TakePlain()
    {
        if (_plain is null || _trailerLine > 0)
        {
            return;
        }

        var count = _rows.KeepPlain(_plain);
        _table.RowsOnLines(_rows.Line - count + 1, count);
    }

    void ThrowIfHalfWritten()
    {
        if (_rows.IsQuoteOpen)
        {
            throw _table.Fault(_rows.Line, "half-written: the file ends inside quotes that are opened here");
        }

        if (!_rows.IsTerminated && _rows.Count < _columnOf.Length && !IsTrailer())
        {
            throw _table.Fault(_rows.Line,
                $"half-written: the file ends in the middle of this row ({_rows.Count} of {_columnOf.Length} cells)");
        }
    }

    string Measure => _spec.HasHeader ? "the header" : "the first row";

    bool IsTrailer() => _spec.Trailer is not null && _rows.Cell(0).SequenceEqual(_trailerMark);

    void TakeTrailer()
    {
        _trailerLine = _rows.Line;
        foreach (var (name, position) in _spec.Trailer!.Values.OrderBy(value => value.Value))
        {
            if (position > _rows.Count)
            {
                throw _table.Fault(_rows.Line,
                    $"the trailer has {_rows.Count} cells; '{name}' is cell {position}"
                    + (_rows.IsTerminated ? "" : " (half-written?)"));
            }

            _table.Trailer(_rows.Line, name, Encoding.UTF8.GetString(_rows.Cell(position - 1)).Trim());
        }
    }
}
