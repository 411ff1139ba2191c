// Writes the rows of one run, and hashes them on the way.
using System.Text;

namespace Recon.Store.Sqlite;

/// <summary>Inserts rows of one run into one table.</summary>
sealed class RunTableWriter(Database database, RunTable table) : IDisposable
{
    readonly BulkInsert _insert = database.PrepareBulk(table.Insert);
    readonly RowDigest _digest = new();
    byte[] _utf8 = new byte[256];

    /// <summary>Values in the order in which the table's columns are named.</summary>
    public void Add(params ReadOnlySpan<Cell> values)
    {
        _digest.Row(values.Length);
        for (var i = 0; i < values.Length; i++)
        {
            Add(i + 1, values[i]);
        }

        _insert.Execute();
    }

    /// <summary>Hash of the rows written.</summary>
    public string Finish() => _digest.Finish();

    public void Dispose()
    {
        _insert.Dispose();
        _digest.Dispose();
    }

    void Add(int place, in Cell value)
    {
        if (value.IsNumber)
        {
            _digest.Number(value.Number);
            _insert.Number(place, value.Number);
        }
        else if (value.Text is { } text)
        {
            var utf8 = Utf8(text);
            _digest.Text(utf8);
            _insert.Text(place, utf8);
        }
        else if (value.Bytes is { } bytes)
        {
            _digest.Bytes(bytes);
            _insert.Bytes(place, bytes);
        }
        else
        {
            _digest.Null();
            _insert.Null(place);
        }
    }

    ReadOnlySpan<byte> Utf8(string text)
    {
        var most = Encoding.UTF8.GetMaxByteCount(text.Length);
        if (most > _utf8.Length)
        {
            _utf8 = new byte[Math.Max(most, 2 * _utf8.Length)];
        }

        return _utf8.AsSpan(0, Encoding.UTF8.GetBytes(text, _utf8));
    }
}

/// <summary>One writer a table.</summary>
sealed class RunTableWriters(Database database) : IDisposable
{
    readonly Dictionary<string, RunTableWriter> _writers =
        RunTable.All.ToDictionary(table => table.Name, table => new RunTableWriter(database, table));

    public RunTableWriter To(RunTable table) => _writers[table.Name];

    /// <summary>Table → hash of the rows written to it, to be sealed in the audit chain.</summary>
    public Dictionary<string, string> Finish() =>
        RunTable.All.ToDictionary(table => table.Name, table => To(table).Finish());

    public void Dispose()
    {
        foreach (var writer in _writers.Values)
        {
            writer.Dispose();
        }
    }
}
