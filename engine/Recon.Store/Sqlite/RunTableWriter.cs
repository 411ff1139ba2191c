// Writes the rows of one run, and hashes them on the way.
namespace Recon.Store.Sqlite;

/// <summary>Inserts rows of one run into one table.</summary>
sealed class RunTableWriter(Database database, RunTable table) : IDisposable
{
    readonly Statement _insert = database.Prepare(table.Insert);
    readonly RowDigest _digest = new();

    public void Add(params ReadOnlySpan<object?> values)
    {
        _insert.Execute(values);
        _digest.Add(values);
    }

    /// <summary>Hash of the rows written.</summary>
    public string Finish() => _digest.Finish();

    public void Dispose()
    {
        _insert.Dispose();
        _digest.Dispose();
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
