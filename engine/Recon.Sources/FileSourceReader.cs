// The front door of the readers: finds the files of a source and reads them into one table.
using Recon.Model;
using Recon.Model.Rules;
using Recon.Runs.Ports;
using Recon.Sources.Camt;
using Recon.Sources.Csv;
using Recon.Sources.Files;
using Recon.Sources.Mt940;
using Recon.Sources.Tables;

namespace Recon.Sources;

/// <summary>Reads sources from files below one folder, the inputs of a workspace.</summary>
/// <remarks>
/// All columns of a CSV file are kept, whether a field reads them or not; a column that only some files have is NULL in
/// the rows of the others. Statements come with the columns of their format, see <see cref="CamtColumns"/> and <see cref="Mt940Columns"/>.
/// </remarks>
public sealed class FileSourceReader(string inputs) : ISourceReader
{
    // A fourth of what is large, 16 MiB, is worth to be kept open.
    const int FilesOfLarge = 4;

    // 2 MiB: with its rows a window fits the second cache, and large pages back it.
    const int WindowBytes = 1 << 21;

    readonly InputFolder _inputs = new(inputs);

    /// <summary>
    /// From so many bytes on, the rows of a source do not stay in memory where somebody takes them. 64 MiB: below that a run is over
    /// before memory matters. The answer does not depend on it.
    /// </summary>
    internal long LargeBytes { get; init; } = 1 << 26;

    /// <summary>How many bytes of them are in memory at once for each thread: 64, or twice, four times … as many.</summary>
    internal int LargeWindow { get; init; } = WindowBytes;

    /// <inheritdoc/>
    public RawTable Read(SourceSpec source, ReadRequest request, CancellationToken cancellation)
    {
        try
        {
            return ReadAll(source, request, cancellation);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ReconException(
                $"{source.Name}: an input cannot be read: {exception.Message}", FaultKind.Storage,
                isTransient: exception is IOException, inner: exception);
        }
    }

    /// <summary>The files that the source's path names for a date, as places on disk without links; none where it names none.</summary>
    public IReadOnlyList<string> FilesOf(SourceSpec source, string packId, DateOnly businessDate)
    {
        try
        {
            return [.. _inputs.Find(PathPattern.Expand(source.Read.Path, packId, businessDate)).Select(_inputs.Locate)];
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ReconException)
        {
            // Reading them says what is wrong.
            return [];
        }
    }

    RawTable ReadAll(SourceSpec source, ReadRequest request, CancellationToken cancellation)
    {
        var segments = PathPattern.Expand(source.Read.Path, request.PackId, request.BusinessDate);
        var names = _inputs.Find(segments);
        var wanted = WantedColumns.Of(source);
        var columns = FirstColumns(source, wanted, names.Count);
        if (names.Count == 0 && !source.Read.MissingIsEmpty)
        {
            throw _inputs.Missing(source.Name, segments);
        }

        var table = new TableBuilder(source.Name, columns, source.Read.Format != ReadFormat.Csv) { Handover = HandoverOf(source, names, request) };
        var before = 0L;
        foreach (var name in names)
        {
            var done = before;
            var progress = request.Progress is { } report ? read => report(done + read) : (Action<long>?)null;
            before += ReadOne(source.Read, wanted, name, table, progress, cancellation);
        }

        return table.Build(source.Read.Csv?.Dialect ?? Dialect.Canonical);
    }

    BlockHandover? HandoverOf(SourceSpec source, IReadOnlyList<string> names, ReadRequest request) =>
        request.Intake is { } intake && source.Read.Format == ReadFormat.Csv
        && names.Sum(name => new FileInfo(_inputs.Locate(name)).Length) is var bytes && bytes >= LargeBytes
            ? new BlockHandover(intake, request.Threads, LargeWindow, bytes, LargeBytes / FilesOfLarge, request.Memory) : null;

    // CSV files bring their own.
    static IReadOnlyList<string> FirstColumns(SourceSpec source, IReadOnlyList<string> wanted, int files)
    {
        if (source.Read.Format == ReadFormat.Csv)
        {
            return files == 0 ? wanted : [];
        }

        var delivered = source.Read.Format == ReadFormat.Camt053 ? CamtColumns.Names : Mt940Columns.Names;
        WantedColumns.Require(wanted, delivered, $"{source.Name}: the format");
        return delivered;
    }

    long ReadOne(
        ReadSpec read,
        IReadOnlyList<string> wanted,
        string name,
        TableBuilder table,
        Action<long>? progress,
        CancellationToken cancel)
    {
        using var input = InputStream.Open(_inputs.Locate(name), name, progress, cancel);
        table.BeginFile(name);
        try
        {
            Parse(read, wanted, input, table);
        }
        catch (ReconException)
        {
            // A fault of a file that is being written is no fault of its own.
            input.ThrowIfChanged();
            throw;
        }

        var file = input.Finish();
        table.EndFile(file);
        return file.Bytes;
    }

    static void Parse(
        ReadSpec read, IReadOnlyList<string> wanted, InputStream input, TableBuilder table)
    {
        switch (read.Format)
        {
            case ReadFormat.Csv:
                CsvReader.Read(read.Csv!, wanted, input, table);
                break;
            case ReadFormat.Camt053:
                CamtReader.Read(input, table);
                break;
            case ReadFormat.Mt940:
                Mt940Reader.Read(input, table);
                break;
            default:
                throw new InvalidOperationException($"bug: no reader for {read.Format}");
        }
    }
}
