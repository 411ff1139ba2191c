// Reads the sources of one run that are answers of queries.
using Recon.Model;
using Recon.Model.Columns;
using Recon.Model.Rules;
using Recon.Runs.Asking;
using Recon.Runs.Ports;
using Recon.Sources.Databases.MySql;
using Recon.Sources.Databases.PostgreSql;
using Recon.Sources.Databases.Sqlite;
using Recon.Sources.Databases.SqlServer;
using Recon.Sources.Tables;

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
            return ReadFrom(session, source, request, cancellation);
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

    static RawTable ReadFrom(ServerSession session, SourceSpec source, ReadRequest request, CancellationToken cancellation)
    {
        var question = Question.Of(source, request.BusinessDate);
        IReadOnlyList<string> names = [.. session.Columns(question, cancellation).Select(column => column.Name)];
        var (blocks, hash) = (new List<RowBlock>(), new AnswerHash());
        var handover = new BlockHandover(Taken(hash, request.Intake), request.Threads, windowBytes: 0, totalBytes: 0, long.MaxValue, request.Memory);
        var rows = new AnswerRows(source.Name, question.Label, names.Count, block =>
        {
            blocks.Add(block);
            handover.Hand(TableOf(source.Name, names, [block]), elsewhere: null, bytes: 0, window: null);
        });
        var wanted = WantedColumns.Of(source);
        try
        {
            session.Read(question, [.. names.Select(name => wanted.Contains(name))], rows, request.Progress, cancellation);
        }
        finally
        {
            handover.Finish();
        }

        var trailer = source.Read.Sql!.Trailer is { } totals ? TotalsOf(session, source, totals, request, question.Label, cancellation) : [];
        return TableOf(source.Name, names, blocks, rows, new InputFile(question.Label, hash.Hex(names), rows.Bytes), trailer, session.Notice);
    }

    static RowIntake Taken(AnswerHash hash, RowIntake? intake) => block =>
    {
        hash.Take(block.Number, block.Rows);
        intake?.Invoke(block);
    };

    static IReadOnlyList<TrailerValue> TotalsOf(
        ServerSession session, SourceSpec source, SqlTrailer trailer, ReadRequest request, string file, CancellationToken cancellation)
    {
        var question = Question.OfTrailer(source, trailer, request.BusinessDate);
        IReadOnlyList<string> names = [.. session.Columns(question, cancellation).Select(column => column.Name)];
        var blocks = new List<RowBlock>();
        var rows = new AnswerRows(source.Name, question.Label, names.Count, blocks.Add);
        session.Read(question, [.. names.Select(_ => true)], rows, progress: null, cancellation);
        if (rows.Count != 1 || rows.Rejects.Count > 0)
        {
            var found = rows.Rejects.Count > 0 ? rows.Rejects[0].Reason : $"{rows.Count} rows";
            throw new ReconException($"{question.Label}: totals are one row; found: {found}", FaultKind.InputWrong);
        }

        var table = TableOf(source.Name, names, blocks);
        return [.. trailer.Values.Select(name => new TrailerValue(file, 0, name, table.Column(name)!.Text(0) ?? ""))];
    }

    static RawTable TableOf(string source, IReadOnlyList<string> names, IReadOnlyList<RowBlock> blocks) =>
        TableOf(source, names, blocks, rows: null, file: null, [], notice: null);

    static RawTable TableOf(
        string source, IReadOnlyList<string> names, IReadOnlyList<RowBlock> blocks, AnswerRows? rows, InputFile? file,
        IReadOnlyList<TrailerValue> trailer, string? notice)
    {
        var texts = new TextRows(blocks);
        return new RawTable
        {
            Source = source,
            Dialect = Dialect.Canonical,
            ColumnNames = names,
            Columns = [.. Enumerable.Range(0, names.Count).Select(column => TextColumn.Of(texts, [.. blocks.Select(_ => column)]))],
            Count = texts.Count,
            Files = file is null ? [] : [file],
            Trailer = trailer,
            Rejects = rows?.Rejects ?? [],
            Notices = notice is null ? [] : [notice],
        };
    }

    static ServerSession SessionOf(Connection connection) => connection.Server switch
    {
        DatabaseServer.Sqlite => new SqliteSession(connection),
        DatabaseServer.PostgreSql => new PostgresSession(connection),
        DatabaseServer.SqlServer => new SqlServerSession(connection),
        _ => new MySqlSession(connection),
    };
}
