// One connection to one server for the length of one run.
using System.Data;
using System.Data.Common;
using Recon.Model;
using Recon.Model.Rules;
using Recon.Runs.Asking;

namespace Recon.Sources.Databases;

/// <summary>
/// A connection in one transaction, so that all questions of a run are answered as of one moment, and nothing can be changed where the
/// server knows transactions that only read. What it began is rolled back in the end. One thread at a time.
/// </summary>
abstract class ServerSession(Connection connection) : IDisposable
{
    /// <summary>How long one question may take, from asking to its last row, where the workspace says nothing else.</summary>
    static readonly TimeSpan UsuallyLongest = TimeSpan.FromMinutes(30);

    readonly TimeSpan _longest = connection.CommandTimeout ?? UsuallyLongest;

    // Progress is told, and the caller asked, after so many.
    const int ToldBytes = 1 << 20;

    DbConnection? _connection;

    protected DbTransaction? Transaction { get; private set; }

    protected DbConnection Server => _connection ?? throw new InvalidOperationException("bug: not opened");

    public DatabaseServer DatabaseServer => connection.Server;

    /// <summary>What people should know of what is read here; null where nothing is.</summary>
    public virtual string? Notice => null;

    /// <summary>Connects and begins.</summary>
    /// <exception cref="ReconException">The server is away (transient), or does not let us in.</exception>
    public void Open(CancellationToken cancellation) => Guarded(
        connection.Name,
        () =>
        {
            _connection = Connected();
            _connection.Open();
            Transaction = Begin(_connection);
            return true;
        },
        cancellation);

    // Drivers quote the word that they do not know, and the end of a password behind a ';' is one.
    DbConnection Connected()
    {
        try
        {
            return Connect(connection.Text);
        }
        catch (Exception fault) when (fault is ArgumentException or FormatException or KeyNotFoundException)
        {
            throw new ReconException(
                $"{connection.Name}: its connection string has a word or a value that {connection.Server} does not take; "
                    + "a password with ; or = in it stands in quotes",
                FaultKind.InputWrong);
        }
    }

    /// <summary>The columns of an answer, without its rows.</summary>
    public virtual IReadOnlyList<AnswerColumn> Columns(Question question, CancellationToken cancellation) =>
        Guarded(question.Label, () => AskColumns(question, CommandBehavior.SchemaOnly, cancellation), cancellation);

    /// <summary>Reads an answer to its end.</summary>
    /// <param name="isWanted">Whether a field reads the column at a place.</param>
    public void Read(Question question, IReadOnlyList<bool> isWanted, AnswerRows rows, Action<long>? progress, CancellationToken cancellation) =>
        Guarded(question.Label, () => ReadAll(question, isWanted, rows, progress, cancellation), cancellation);

    public void Dispose()
    {
        try
        {
            Transaction?.Dispose();
        }
        catch (Exception fault) when (fault is DbException or InvalidOperationException)
        {
            // The connection is gone, and with it what was begun.
        }

        _connection?.Dispose();
    }

    protected abstract DbConnection Connect(string text);

    /// <summary>Begins a transaction that sees one moment and only reads, as far as the server knows such.</summary>
    protected abstract DbTransaction Begin(DbConnection connection);

    protected abstract DbParameter ParameterOf(QuestionValue value);

    protected abstract SqlType TypeOf(DbDataReader reader, int column);

    /// <summary>Writes the cells of the row at which the reader stands.</summary>
    protected abstract AnswerCells CellsOf(DbDataReader reader, IReadOnlyList<bool> isWanted);

    /// <summary>Whether trying again may help, and whether the query or the world is wrong.</summary>
    protected abstract (FaultKind Kind, bool IsTransient) KindOf(DbException fault);

    protected virtual void Prepare(DbCommand command)
    {
    }

    protected virtual IReadOnlyList<AnswerColumn> ColumnsOf(DbDataReader reader) =>
        [.. Enumerable.Range(0, reader.FieldCount).Select(i => new AnswerColumn(reader.GetName(i), TypeOf(reader, i), reader.GetDataTypeName(i)))];

    protected IReadOnlyList<AnswerColumn> AskColumns(Question question, CommandBehavior behavior, CancellationToken cancellation)
    {
        using var command = CommandOf(question);
        using var watch = Watch(command, cancellation);
        using var reader = command.ExecuteReader(behavior);
        return ColumnsOf(reader);
    }

    bool ReadAll(Question question, IReadOnlyList<bool> isWanted, AnswerRows rows, Action<long>? progress, CancellationToken cancellation)
    {
        using var command = CommandOf(question);
        using var watch = Watch(command, cancellation);
        using var reader = command.ExecuteReader(CommandBehavior.SequentialAccess);
        var cells = CellsOf(reader, isWanted);
        var told = 0L;
        while (reader.Read())
        {
            cells.Write(rows);
            rows.EndRow();
            if (rows.Bytes - told > ToldBytes)
            {
                told = rows.Bytes;
                cancellation.ThrowIfCancellationRequested();
                watch.ThrowIfLate(question.Label);
                progress?.Invoke(told);
            }
        }

        rows.Finish();
        return true;
    }

    DbCommand CommandOf(Question question)
    {
        Check(question);
        var command = Server.CreateCommand();
        command.Transaction = Transaction;
        command.CommandText = question.Sql;
        command.CommandTimeout = (int)_longest.TotalSeconds;
        foreach (var value in question.Values)
        {
            command.Parameters.Add(ParameterOf(value));
        }

        Prepare(command);
        return command;
    }

    /// <summary>Refuses what this server could be made to change by it; asks nobody.</summary>
    public virtual void Check(Question question)
    {
    }

    /// <summary>Asks the server to end a command, from any thread.</summary>
    protected virtual void Cancel(DbCommand command) => command.Cancel();

    /// <summary>Says something to the server on a connection of its own.</summary>
    protected static void Tell(DbConnection other, string sql)
    {
        using (other)
        {
            other.Open();
            using var command = other.CreateCommand();
            command.CommandText = sql;
            command.ExecuteNonQuery();
        }
    }

    CommandWatch Watch(DbCommand command, CancellationToken cancellation) => new(() => Cancel(command), _longest, cancellation);

    protected T Guarded<T>(string label, Func<T> ask, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        try
        {
            return ask();
        }
        catch (Exception fault) when (fault is DbException or TimeoutException or OperationCanceledException or InvalidOperationException
            or FormatException or OverflowException or ArgumentException or IOException)
        {
            cancellation.ThrowIfCancellationRequested();
            throw FaultOf(fault, label);
        }
    }

    ReconException FaultOf(Exception fault, string label)
    {
        var (kind, isTransient) = fault switch
        {
            DbException db => KindOf(db),
            TimeoutException or IOException or OperationCanceledException => (FaultKind.Storage, true),
            _ => (FaultKind.InputWrong, false),
        };
        return new ReconException(
            $"{label}: {Safe(fault.Message)}{(isTransient ? " (a retry may help)" : "")}", kind, isTransient, inner: null);
    }

    // Drivers quote hosts and users, none of them a password; one that did would not get past here.
    string Safe(string message)
    {
        var text = message.ReplaceLineEndings(" ");
        if (connection.Server != DatabaseServer.Sqlite)
        {
            var words = new DbConnectionStringBuilder { ConnectionString = connection.Text };
            foreach (string word in words.Keys)
            {
                if ((word.Contains("password", StringComparison.OrdinalIgnoreCase) || word.Equals("pwd", StringComparison.OrdinalIgnoreCase))
                    && words[word] is string { Length: > 0 } secret)
                {
                    text = text.Replace(secret, "…", StringComparison.Ordinal);
                }
            }
        }

        return Files.Printable.Of(text);
    }
}

/// <summary>Writes the row at which a reader stands, cell by cell.</summary>
abstract class AnswerCells
{
    public abstract void Write(AnswerRows rows);
}
