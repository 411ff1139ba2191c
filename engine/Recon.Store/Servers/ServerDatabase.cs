// A connection to a database server: one that may be lost, and is opened again.
using System.Data;
using System.Data.Common;
using Polly;
using Polly.Retry;
using Recon.Model;

namespace Recon.Store.Servers;

/// <summary>
/// What PostgreSQL and SQL Server have in common. What failed for a reason that passes is tried again, whole transactions only; what may
/// have been written already is tried again only where a second time changes nothing.
/// </summary>
/// <param name="server">Named in messages by its name alone.</param>
abstract class ServerDatabase(Connection server, SqlTexts sql) : Database($"{server}", sql)
{
    /// <summary>What helps who lacks a right.</summary>
    public const string Rights =
        "'--store NAME' connects as another; 'recon db migrate' gives rights: --grant-to ROLE to run, --grant-purge-to ROLE to purge";

    /// <summary>30 s: how long a statement of a scheduler may take, the wait for its lock included.</summary>
    protected const int TriggerSeconds = 30;

    const int MostRetries = 4;

    static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);

    DbConnection? _connection;

    /// <summary>The folder of the server's migrations.</summary>
    public abstract string Scripts { get; }

    protected override DbConnection Connection => _connection ?? Open();

    protected Connection Server => server;

    /// <summary>Another connection to the same database.</summary>
    public abstract ServerDatabase Another();

    /// <summary>True where a row with this key was there already.</summary>
    public abstract bool IsDuplicate(DbException fault);

    /// <summary>Runs the migrations that the database has not seen, each in a transaction of its own.</summary>
    /// <returns>The names of those that were run.</returns>
    public abstract IReadOnlyList<string> Migrate(IReadOnlyList<MigrationScript> scripts);

    /// <summary>Makes what must be there before the first script, where the server needs something.</summary>
    public virtual void Prepare()
    {
    }

    /// <summary>The name of a role or table as the server's SQL quotes it.</summary>
    public abstract string Quoted(string name);

    /// <summary>The driver, and the connection string of a scheduler that keeps its triggers here: its statements are short.</summary>
    public abstract (DbProviderFactory Factory, string ConnectionString) ForTriggers();

    /// <summary>Forgets a connection that was lost, so that the next statement opens another.</summary>
    public void Recover()
    {
        if (_connection is { State: not ConnectionState.Open })
        {
            _connection.Dispose();
            _connection = null;
        }
    }

    public override T Attempt<T>(Func<T> work, bool isRepeatable) => base.Attempt(
        () => Retrying(isRepeatable).Execute(() =>
        {
            Recover();
            return work();
        }),
        isRepeatable);

    public override string TextOf(string written) => ServerText.Read(written);

    public override string? OwnFault() => FirstOrNull(Sql["store.orphans"], row => row.Text(0)) is { } table
        ? $"table {table} has rows of a run that is not there"
        : null;

    // None is opened to be closed.
    protected override void Close() => _connection?.Dispose();

    protected abstract DbConnection NewConnection();

    ResiliencePipeline Retrying(bool isRepeatable) => new ResiliencePipelineBuilder()
        .AddRetry(new RetryStrategyOptions
        {
            ShouldHandle = attempt => ValueTask.FromResult(
                attempt.Outcome.Exception is DbException fault && FaultOf(fault).IsTransient && (isRepeatable || !IsCommitting)),
            MaxRetryAttempts = MostRetries,
            BackoffType = DelayBackoffType.Exponential,
            Delay = FirstPause,
            UseJitter = true,
        })
        .Build();

    /// <exception cref="ReconException">No connection of the pool came free in time; a retry may help.</exception>
    DbConnection Open()
    {
        var connection = NewConnection();
        try
        {
            connection.Open();
            return _connection = connection;
        }
        catch (InvalidOperationException fault)
        {
            connection.Dispose();
            throw new ReconException($"{Name}: all its connections are in use: {fault.Message}", FaultKind.Storage, isTransient: true, fault);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}

/// <summary>A script of the schema.</summary>
/// <param name="Name">Sorts scripts of one folder into the order in which they are run, and is what the database remembers.</param>
public sealed record MigrationScript(string Name, string Text);
