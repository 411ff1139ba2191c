// Books that take postings as rows of a table, whose key stands under a unique index.
using System.Data.Common;
using System.Globalization;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using Npgsql;
using Recon.Model;
using Recon.Runs.Ports;

namespace Recon.Delivery;

/// <summary>
/// Inserts each posting in a transaction of its own. A key that the table has already with the same effect is taken; what the table refuses (a constraint,
/// an amount that it would round) is rolled back. Before the first row it is tried whether the table takes a key twice.
/// </summary>
/// <param name="table">A name, or schema and name.</param>
public sealed class TableTarget(Connection connection, string table) : IPostingTarget
{
    readonly TableStatements _sql = new(connection.Server, table);

    bool _isUnique;

    public string Name => $"table {table} of {connection.Name}";

    /// <exception cref="ReconException">
    /// <see cref="FaultKind.Storage"/>, transient: the database cannot be reached; <see cref="FaultKind.InputWrong"/>: the table is not there, lacks a
    /// column, or takes a key twice.
    /// </exception>
    public IReadOnlyList<TargetAnswer> Post(IReadOnlyList<OutboxPosting> postings, CancellationToken cancellation)
    {
        using var database = Open();
        var answers = new TargetAnswer[postings.Count];
        for (var i = 0; i < answers.Length; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            answers[i] = Take(database, postings[i]);
        }

        return answers;
    }

    DbConnection Open()
    {
        DbConnection database = connection.Server switch
        {
            DatabaseServer.SqlServer => new SqlConnection(connection.Text),
            DatabaseServer.PostgreSql => new NpgsqlConnection(connection.Text),
            _ => new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = connection.Text, Mode = SqliteOpenMode.ReadWrite }.ConnectionString),
        };
        try
        {
            database.Open();
            return database;
        }
        catch (DbException fault)
        {
            database.Dispose();
            throw new ReconException($"{Name}: {fault.Message}", FaultKind.Storage, isTransient: true, inner: fault);
        }
    }

    TargetAnswer Take(DbConnection database, OutboxPosting posting)
    {
        using var transaction = database.BeginTransaction();
        if (EffectOf(transaction, posting) is { } known)
        {
            return known == posting.Effect
                ? new TargetAnswer(DeliveryState.Acknowledged, "it has the key already")
                : new TargetAnswer(DeliveryState.Failed, "the table has this key with another effect");
        }

        try
        {
            Execute(transaction, _sql.Insert, posting);
            var kept = Ask(transaction, _sql.Amount, posting);
            if (!ExactNumber.TryParse(kept ?? "", out var amount) || amount != posting.Amount.Number)
            {
                return new TargetAnswer(DeliveryState.Failed, $"its column amount would keep {kept} of {posting.Amount.Number}");
            }
        }
        catch (DbException fault) when (!fault.IsTransient)
        {
            return new TargetAnswer(DeliveryState.Failed, OneLine(fault));
        }
        catch (DbException fault)
        {
            return new TargetAnswer(DeliveryState.Sent, OneLine(fault));
        }

        if (!_isUnique)
        {
            transaction.Rollback();
            DemandUnique(database, posting);
            return Take(database, posting);
        }

        return Commit(transaction);
    }

    // Nobody knows what became of a commit that was not answered: the next delivery asks for the key.
    static TargetAnswer Commit(DbTransaction transaction)
    {
        try
        {
            transaction.Commit();
            return new TargetAnswer(DeliveryState.Acknowledged, "inserted");
        }
        catch (DbException fault)
        {
            return new TargetAnswer(DeliveryState.Sent, OneLine(fault));
        }
    }

    // Another row under its key must be refused, one that the table takes under another key: so it is the key alone that is taken once. A row
    // of other values is asked first, then one that differs in what no table bounds, then the same row. All of it is rolled back.
    void DemandUnique(DbConnection database, OutboxPosting posting)
    {
        var texts = posting with { Effect = $"{posting.Effect[1..]}-", RunId = $"{posting.RunId[1..]}-", Break = $"{posting.Break[1..]}-" };
        var all = texts with { Debit = posting.Credit, Credit = posting.Debit, BusinessDate = posting.BusinessDate.AddDays(-1) };
        _isUnique = (RefusesKeyOf(database, posting, all) ?? RefusesKeyOf(database, posting, texts) ?? RefusesKeyOf(database, posting, posting)) == true;
        if (!_isUnique)
        {
            throw new ReconException($"{Name}: it takes a key twice; put a unique index on posting_key alone", FaultKind.InputWrong);
        }
    }

    // Null where the table does not take the other row under any key, so that its answer says nothing.
    bool? RefusesKeyOf(DbConnection database, OutboxPosting posting, OutboxPosting other)
    {
        using var transaction = database.BeginTransaction();
        Execute(transaction, _sql.Insert, posting);
        return Refuses(transaction, other with { Key = $"{other.Key[1..]}-" }) ? null : Refuses(transaction, other);
    }

    bool Refuses(DbTransaction transaction, OutboxPosting posting)
    {
        try
        {
            Execute(transaction, _sql.Insert, posting);
            return false;
        }
        catch (DbException fault) when (!fault.IsTransient)
        {
            return true;
        }
    }

    string? EffectOf(DbTransaction transaction, OutboxPosting posting)
    {
        try
        {
            return Ask(transaction, _sql.Effect, posting);
        }
        catch (DbException fault)
        {
            throw new ReconException(
                $"{Name}: {OneLine(fault)}; it needs the columns {string.Join(", ", TableStatements.Columns)}",
                fault.IsTransient ? FaultKind.Storage : FaultKind.InputWrong, fault.IsTransient, fault);
        }
    }

    static string? Ask(DbTransaction transaction, string sql, OutboxPosting posting)
    {
        using var command = CommandOf(transaction, sql, posting);
        return command.ExecuteScalar() is { } found and not DBNull ? Convert.ToString(found, CultureInfo.InvariantCulture) : null;
    }

    static void Execute(DbTransaction transaction, string sql, OutboxPosting posting)
    {
        using var command = CommandOf(transaction, sql, posting);
        command.ExecuteNonQuery();
    }

    static DbCommand CommandOf(DbTransaction transaction, string sql, OutboxPosting posting)
    {
        var command = transaction.Connection!.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = sql;
        foreach (var (name, value) in TableStatements.Columns.Zip(ValuesOf(posting)))
        {
            if (sql.Contains($"@{name}", StringComparison.Ordinal))
            {
                var parameter = command.CreateParameter();
                (parameter.ParameterName, parameter.Value) = ($"@{name}", value);
                command.Parameters.Add(parameter);
            }
        }

        return command;
    }

    // Texts: every server reads digits and ISO dates exactly as they stand.
    static string[] ValuesOf(OutboxPosting posting) =>
    [
        posting.Key, posting.Effect, posting.PackId, posting.Rule, posting.BusinessDate.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), posting.RunId,
        posting.To, posting.Debit, posting.Credit, posting.Amount.Number.ToString(), posting.Amount.Currency, posting.Break,
    ];

    static string OneLine(DbException fault) => fault.Message.ReplaceLineEndings(" ");
}
