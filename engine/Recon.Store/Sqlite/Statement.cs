// A statement that is prepared once and run many times.
using Microsoft.Data.Sqlite;

namespace Recon.Store.Sqlite;

/// <summary>Values are given in the order in which the text first names their parameters (<c>@name</c>).</summary>
sealed class Statement : IDisposable
{
    readonly Database _database;
    readonly SqliteCommand _command;

    public Statement(Database database, SqliteCommand command, string sql)
    {
        _database = database;
        _command = command;
        _command.CommandText = sql;
        foreach (var name in ParameterNames(sql))
        {
            _command.Parameters.Add(new SqliteParameter { ParameterName = name });
        }
    }

    /// <summary>The parameters of a text, each once, in the order in which it names them.</summary>
    internal static List<string> ParameterNames(string sql)
    {
        var names = new List<string>();
        for (var at = sql.IndexOf('@', StringComparison.Ordinal); at >= 0; at = sql.IndexOf('@', at + 1))
        {
            var name = NameAt(sql, at);
            if (!names.Contains(name))
            {
                names.Add(name);
            }
        }

        return names;
    }

    public void Execute(params ReadOnlySpan<object?> values)
    {
        Bind(values);
        _command.ExecuteNonQuery();
    }

    public List<T> All<T>(Func<Row, T> read, params ReadOnlySpan<object?> values)
    {
        var rows = new List<T>();
        ForEach(row => rows.Add(read(row)), values);
        return rows;
    }

    public void ForEach(Action<Row> read, params ReadOnlySpan<object?> values)
    {
        Bind(values);
        using var reader = _command.ExecuteReader();
        while (reader.Read())
        {
            read(new Row(reader, _database.Path));
        }
    }

    public T? FirstOrNull<T>(Func<Row, T> read, params ReadOnlySpan<object?> values)
        where T : class
    {
        Bind(values);
        using var reader = _command.ExecuteReader();
        return reader.Read() ? read(new Row(reader, _database.Path)) : null;
    }

    public void Dispose() => _command.Dispose();

    void Bind(ReadOnlySpan<object?> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            _command.Parameters[i].Value = values[i] ?? DBNull.Value;
        }
    }

    static string NameAt(string sql, int at)
    {
        var end = at + 1;
        while (end < sql.Length && (char.IsAsciiLetterOrDigit(sql[end]) || sql[end] == '_'))
        {
            end++;
        }

        return sql[at..end];
    }
}
