// Reads the sources of one run that are answers of queries.
using Recon.Model;
using Recon.Model.Rules;
using Recon.Runs.Asking;
using Recon.Runs.Ports;
using Recon.Sources.Databases.Joining;
using Recon.Sources.Databases.MySql;
using Recon.Sources.Databases.PostgreSql;
using Recon.Sources.Databases.Sqlite;
using Recon.Sources.Databases.SqlServer;

namespace Recon.Sources.Databases;

/// <summary>One session a connection: its sources are read one after the other, all of them as of the moment at which it began.</summary>
/// <param name="connectionOf">The connection of a name, with its secrets.</param>
sealed class DatabaseReading(Func<string, Connection> connectionOf) : IDisposable
{
    readonly Dictionary<string, ServerSession> _sessions = new(StringComparer.Ordinal);

    /// <summary>Connects to all servers that the sources name, and holds every answer against what the pack expects of it.</summary>
    /// <exception cref="ReconException">As of <see cref="ISourceReader.Read"/>; of several sources all that is wrong, at once.</exception>
    public void Begin(IEnumerable<SourceSpec> sources, ReadRequest request, CancellationToken cancellation)
    {
        var faults = new List<ReconException>();
        foreach (var source in sources)
        {
            try
            {
                Expect(source, request, cancellation);
            }
            catch (ReconException fault)
            {
                faults.Add(fault);
            }
        }

        if (faults.Count > 0)
        {
            throw faults.Count == 1 ? faults[0] : new ReconException(
                string.Join("\n", faults.Select(fault => fault.Message)), faults.Find(fault => !fault.IsTransient)?.Kind ?? faults[0].Kind,
                faults.TrueForAll(fault => fault.IsTransient));
        }
    }

    public RawTable Read(SourceSpec source, ReadRequest request, CancellationToken cancellation)
    {
        var session = _sessions[source.Read.Sql!.Connection];
        lock (session)
        {
            return AnswerReading.Read(session, source, request, cancellation);
        }
    }

    /// <summary>As of <see cref="ReadingSession.ReadJoined"/>.</summary>
    public (RawTable Left, RawTable Right) ReadJoined(ServerJoin join, ReadRequest left, ReadRequest right, CancellationToken cancellation)
    {
        var connection = join.Pass.Left.Read.Sql!.Connection;
        var session = _sessions[connection];
        lock (session)
        {
            return new JoinedReading(session, JoinWords.Of(session.DatabaseServer), join, cancellation).Read(left, right);
        }
    }

    public void Dispose()
    {
        foreach (var session in _sessions.Values)
        {
            session.Dispose();
        }
    }

    void Expect(SourceSpec source, ReadRequest request, CancellationToken cancellation)
    {
        var (sql, question) = (source.Read.Sql!, Question.Of(source, request.BusinessDate));
        if (!_sessions.TryGetValue(sql.Connection, out var session))
        {
            session = SessionOf(connectionOf(sql.Connection));
            session.Check(question);
            _sessions.Add(sql.Connection, session);
            session.Open(cancellation);
        }

        AnswerColumns.Check(source, session.Columns(question, cancellation));
        if (sql.Trailer is { } trailer)
        {
            var totals = Question.OfTrailer(source, trailer, request.BusinessDate);
            AnswerColumns.CheckTrailer(trailer, totals.Label, session.Columns(totals, cancellation));
        }
    }

    /// <summary>Opens a connection as a run would, asks nothing, and closes it.</summary>
    /// <exception cref="ReconException">The server is away (transient), or does not let us in.</exception>
    internal static void Reach(Connection connection, CancellationToken cancellation)
    {
        using var session = SessionOf(connection);
        session.Open(cancellation);
    }

    static ServerSession SessionOf(Connection connection) => connection.Server switch
    {
        DatabaseServer.Sqlite => new SqliteSession(connection),
        DatabaseServer.PostgreSql => new PostgresSession(connection),
        DatabaseServer.SqlServer => new SqlServerSession(connection),
        _ => new MySqlSession(connection),
    };
}
