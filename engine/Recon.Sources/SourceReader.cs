// The front door of the readers: a source is read from files or from a database, as its pack says.
using Recon.Model;
using Recon.Model.Rules;
using Recon.Runs.Ports;
using Recon.Sources.Databases;

namespace Recon.Sources;

/// <summary>Reads the sources of a workspace.</summary>
/// <param name="inputs">The folder below which files are.</param>
/// <param name="connectionOf">The connection of a name, with its secrets; asked for when a run begins to read, never before.</param>
public sealed class SourceReader(string inputs, Func<string, Connection> connectionOf) : ISourceReader
{
    /// <summary>Opens the connection of a name as a run would, and closes it.</summary>
    /// <exception cref="ReconException">A secret of it is missing, the server is away (transient), or it does not let us in.</exception>
    public void Reach(string connection, CancellationToken cancellation) => DatabaseReading.Reach(connectionOf(connection), cancellation);

    readonly FileSourceReader _files = new(inputs);

    /// <inheritdoc/>
    public RawTable Read(SourceSpec source, ReadRequest request, CancellationToken cancellation)
    {
        using var session = Begin([source], request, cancellation);
        return session.Read(source, request, cancellation);
    }

    /// <inheritdoc/>
    public ReadingSession Begin(IReadOnlyList<SourceSpec> sources, ReadRequest request, CancellationToken cancellation)
    {
        var databases = new DatabaseReading(connectionOf);
        try
        {
            databases.Begin(sources.Where(source => source.Read.Format == ReadFormat.Sql), request, cancellation);
        }
        catch
        {
            databases.Dispose();
            throw;
        }

        return new ReadingSession(
            (source, read, token) => source.Read.Format == ReadFormat.Sql ? databases.Read(source, read, token) : _files.Read(source, read, token),
            databases,
            databases.ReadJoined);
    }

    /// <summary>The files that are read for a date, as places on disk without links: those of the inputs, and files of SQLite.</summary>
    public IReadOnlyList<string> FilesOf(SourceSpec source, string packId, DateOnly businessDate) =>
        source.Read.Sql is not { } sql ? _files.FilesOf(source, packId, businessDate)
        : FileOf(sql.Connection) is { } file ? [file] : [];

    // Reading it says what is wrong.
    string? FileOf(string name)
    {
        try
        {
            return connectionOf(name) is { Server: DatabaseServer.Sqlite } connection ? Files.RealPath.Of(connection.Text) : null;
        }
        catch (Exception fault) when (fault is ReconException or IOException)
        {
            return null;
        }
    }
}
