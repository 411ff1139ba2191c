// Reads one CSV file into the columns that the fields need.
using System.Text;
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
    int _cells;
    int _trailerLine;

    CsvReader(CsvSpec spec, InputStream input, TableBuilder table)
    {
        _spec = spec;
        _table = table;
        _text = CsvText.Of(input, spec.Encoding);
        _rows = new CsvRows(_text.Utf8, checked((byte)spec.Separator), checked((byte?)spec.Quote));
        _trailerMark = spec.Trailer is { } trailer ? Encoding.UTF8.GetBytes(trailer.FirstCell) : [];
    }

    public static void Read(CsvSpec spec, InputStream input, TableBuilder table)
    {
        try
        {
            new CsvReader(spec, input, table).Read();
        }
        catch (LongRowException exception)
        {
            throw exception.Fault(table.File);
        }
    }

    /// <summary>The columns of the first file, for a source whose fields name none.</summary>
    public static string[] ColumnNames(CsvSpec spec, InputStream input, TableBuilder table)
    {
        var reader = new CsvReader(spec, input, table);
        return reader.Begin() ? reader.Names() : [];
    }

    void Read()
    {
        var isRow = Begin();
        if (!isRow)
        {
            return;
        }

        var columnOf = ColumnOf();
        isRow = !_spec.HasHeader || _rows.Next();
        while (isRow)
        {
            Take(columnOf);
            isRow = _rows.Next();
        }
    }

    // Passes over the lines before the header; false for a file that has no rows, and no header to say so.
    bool Begin()
    {
        for (var i = 0; i < _spec.SkipLines; i++)
        {
            if (!_rows.SkipLine())
            {
                throw _table.Fault(0, $"the file has {i} lines; the source says skip: {_spec.SkipLines}");
            }
        }

        if (_rows.Next())
        {
            return true;
        }

        throw _table.Fault(0, $"no {(_spec.HasHeader ? "header line" : "row")}: all lines are blank");
    }

    int[] ColumnOf()
    {
        if (!_spec.HasHeader && IsTrailer())
        {
            return [];
        }

        var names = Names();
        _cells = names.Length;
        return CsvHeader.Map(names, _spec, _rows, _table);
    }

    string[] Names() => _spec.HasHeader ? CsvHeader.Names(_rows, _table) : CsvHeader.Positions(_rows.Count);

    void Take(int[] columnOf)
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
        }
        else if (CsvDefect.Of(_rows, _cells, Measure, _text.Encoding) is { } defect)
        {
            _table.Reject(_rows.Line, defect, Printable.Of(_rows.Row));
        }
        else
        {
            Append(columnOf);
        }
    }

    void Append(int[] columnOf)
    {
        for (var i = 0; i < columnOf.Length; i++)
        {
            if (columnOf[i] >= 0)
            {
                _table.Columns[columnOf[i]].Append(_rows.Cell(i));
            }
        }

        _table.Row(_rows.Line);
    }

    void ThrowIfHalfWritten()
    {
        if (_rows.IsQuoteOpen)
        {
            throw _table.Fault(_rows.Line, "half-written: the file ends inside quotes that are opened here");
        }

        if (!_rows.IsTerminated && _rows.Count < _cells && !IsTrailer())
        {
            throw _table.Fault(_rows.Line,
                $"half-written: the file ends in the middle of this row ({_rows.Count} of {_cells} cells)");
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
