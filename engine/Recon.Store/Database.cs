// One connection to a store: asks its statements, opens transactions, takes rows in bulk.
using System.Data;
using System.Data.Common;
using Recon.Model;
using Recon.Store.Rows;

namespace Recon.Store;

/// <summary>What the stores have in common; each says only how its server wants to be spoken to.</summary>
abstract class Database(string name, SqlTexts sql) : IDisposable
{
    /// <summary>As messages name the store: the path of its file, or its connection.</summary>
    public string Name => name;

    public SqlTexts Sql => sql;

    /// <summary>The transaction that every statement joins; null outside of one.</summary>
    public DbTransaction? Transaction { get; private set; }

    /// <summary>True from the moment a commit was asked for: whether it took place is not known until the server has answered.</summary>
    public bool IsCommitting { get; private set; }

    protected abstract DbConnection Connection { get; }

    /// <summary>One write at a time in a store, so that what is read before writing still holds when it is written.</summary>
    public StoreTransaction BeginWrite() => Begin(BeginWriting(), LockWriting);

    /// <summary>
    /// One turn of a schedule at a time, so that what is read in it still holds when it is written. It waits for no run that is being
    /// written: leases are renewed in turns.
    /// </summary>
    public StoreTransaction BeginTurn() => Begin(BeginWriting(), () => Execute(Sql["schedule.take_turn"]));

    /// <summary>All that is read until the end is of one moment.</summary>
    public StoreTransaction BeginRead() => Begin(BeginReading(), LockReading);

    /// <summary>Does what talks to the server; what that says becomes a fault that names the store.</summary>
    /// <param name="isRepeatable">A second time changes nothing, even if the first has been committed and nobody said so.</param>
    public virtual T Attempt<T>(Func<T> work, bool isRepeatable)
    {
        try
        {
            return work();
        }
        catch (DbException fault)
        {
            throw FaultOf(fault);
        }
    }

    public Statement Prepare(string sql) => new(this, Command(sql), sql);

    /// <summary>Takes rows in bulk; the connection answers nothing else until it is disposed.</summary>
    public abstract IBulkInsert Bulk(RunTable table);

    /// <summary>The number of rows that were changed.</summary>
    public int Execute(string sql, params ReadOnlySpan<object?> values)
    {
        using var statement = Prepare(sql);
        return statement.Execute(values);
    }

    public List<T> All<T>(string sql, Func<Row, T> read, params ReadOnlySpan<object?> values)
    {
        using var statement = Prepare(sql);
        return statement.All(read, values);
    }

    public T? FirstOrNull<T>(string sql, Func<Row, T> read, params ReadOnlySpan<object?> values)
        where T : class
    {
        using var statement = Prepare(sql);
        return statement.FirstOrNull(read, values);
    }

    /// <summary>A parameter of the type that the value has in this store's columns; a value that is missing is a text.</summary>
    public abstract void Bind(DbParameter parameter, object? value);

    /// <summary>The text that was written as this one.</summary>
    public virtual string TextOf(string written) => written;

    /// <summary>What a failure of the server means, in words that name the store.</summary>
    public abstract ReconException FaultOf(DbException fault);

    /// <summary>What is wrong with the store apart from what was written to it; null where nothing is.</summary>
    public abstract string? OwnFault();

    public ReconException Damaged(string what) => new($"{Name}: {what}", FaultKind.Storage);

    public void Dispose()
    {
        Transaction?.Dispose();
        Close();
    }

    protected virtual void Close() => Connection.Dispose();

    protected abstract DbTransaction BeginWriting();

    protected abstract DbTransaction BeginReading();

    /// <summary>Waits for other writers, where the server does not do that by itself when a transaction begins.</summary>
    protected virtual void LockWriting()
    {
    }

    /// <summary>Keeps writers from ending meanwhile, where the server has no moment of its own for a transaction.</summary>
    protected virtual void LockReading()
    {
    }

    // A transaction that could not take its lock is over: the next attempt begins another.
    StoreTransaction Begin(DbTransaction begun, Action takeLock)
    {
        (Transaction, IsCommitting) = (begun, false);
        var transaction = new StoreTransaction(this);
        try
        {
            takeLock();
            return transaction;
        }
        catch
        {
            transaction.Dispose();
            throw;
        }
    }

    DbCommand Command(string sql)
    {
        var command = Connection.CreateCommand();
        command.CommandText = sql;
        command.Transaction = Transaction;
        return command;
    }

    /// <summary>Undoes what was written unless it is committed.</summary>
    public sealed class StoreTransaction(Database database) : IDisposable
    {
        readonly DbTransaction _transaction = database.Transaction!;

        public void Commit()
        {
            database.IsCommitting = true;
            _transaction.Commit();
            database.IsCommitting = false;
        }

        // A server that has failed has undone the transaction by itself, and says so.
        public void Dispose()
        {
            database.Transaction = null;
            try
            {
                _transaction.Dispose();
            }
            catch (Exception fault) when (fault is DbException or InvalidOperationException && database.Connection.State != ConnectionState.Open)
            {
            }
        }
    }
}

/// <summary>One row after the other into one table; values by place, from 0, in the order of the table's columns.</summary>
interface IBulkInsert : IDisposable
{
    void Null(int place);

    void Number(int place, long number);

    void Text(int place, string text, ReadOnlySpan<byte> utf8);

    void Bytes(int place, byte[] bytes);

    /// <summary>Ends the row.</summary>
    void Next();

    /// <summary>Every row is written when it returns.</summary>
    void Complete();
}
