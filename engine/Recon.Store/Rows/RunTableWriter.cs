// Writes the rows of one run, and hashes them on the way.
using System.Text;

namespace Recon.Store.Rows;

/// <summary>Inserts rows of one run into one table.</summary>
sealed class RunTableWriter(Database database, RunTable table) : IDisposable
{
    readonly IBulkInsert _insert = database.Bulk(table);
    readonly RowDigest _digest = new();
    byte[] _utf8 = new byte[256];

    /// <summary>Values in the order in which the table's columns are named.</summary>
    public void Add(params ReadOnlySpan<Cell> values)
    {
        _digest.Row(values.Length);
        for (var i = 0; i < values.Length; i++)
        {
            Add(i, values[i]);
        }

        _insert.Next();
    }

    /// <summary>Hash of the rows written.</summary>
    public string Finish()
    {
        _insert.Complete();
        return _digest.Finish();
    }

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
            _insert.Text(place, text, utf8);
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

/// <summary>Writes table after table: a connection takes rows of one at a time.</summary>
sealed class RunTables(Database database)
{
    /// <summary>Table → hash of the rows written to it, to be sealed in the audit chain.</summary>
    public Dictionary<string, string> Hashes { get; } = new(StringComparer.Ordinal);

    public void Write(RunTable table, Action<RunTableWriter> write)
    {
        using var rows = new RunTableWriter(database, table);
        write(rows);
        Hashes.Add(table.Name, rows.Finish());
    }
}
