// A statement that is prepared once and run many times.
using System.Data.Common;
using Recon.Store.Rows;

namespace Recon.Store;

/// <summary>Values are given in the order in which the text first names their parameters (<c>@name</c>).</summary>
sealed class Statement : IDisposable
{
    readonly Database _database;
    readonly DbCommand _command;

    public Statement(Database database, DbCommand command, string sql)
    {
        (_database, _command) = (database, command);
        foreach (var name in ParameterNames(sql))
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = name;
            command.Parameters.Add(parameter);
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

    /// <summary>The number of rows that were changed.</summary>
    public int Execute(params ReadOnlySpan<object?> values)
    {
        Bind(values);
        return _command.ExecuteNonQuery();
    }

    public List<T> All<T>(Func<Row, T> read, params ReadOnlySpan<object?> values)
    {
        var rows = new List<T>();
        ForEach(row => rows.Add(read(row)), values);
        return rows;
    }

    public void ForEach(Action<Row> read, params ReadOnlySpan<object?> values) => While(
        row =>
        {
            read(row);
            return true;
        },
        values);

    /// <summary>Row by row, as long as the answer is that more are wanted.</summary>
    public void While(Func<Row, bool> read, params ReadOnlySpan<object?> values)
    {
        Bind(values);
        using var reader = _command.ExecuteReader();
        while (reader.Read() && read(new Row(reader, _database)))
        {
        }
    }

    public T? FirstOrNull<T>(Func<Row, T> read, params ReadOnlySpan<object?> values)
        where T : class
    {
        Bind(values);
        using var reader = _command.ExecuteReader();
        return reader.Read() ? read(new Row(reader, _database)) : null;
    }

    public void Dispose() => _command.Dispose();

    void Bind(ReadOnlySpan<object?> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            _database.Bind(_command.Parameters[i], values[i]);
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
