// What a run needs from the readers of files.
using Recon.Model;
using Recon.Model.Columns;
using Recon.Model.Rules;

namespace Recon.Runs.Ports;

/// <summary>Reads the inputs of a source for a business date.</summary>
public interface ISourceReader
{
    /// <summary>Reads all files that the source's path names, in ordinal order of their names, into one table.</summary>
    /// <exception cref="ReconException">
    /// <see cref="FaultKind.InputMissing"/>: no file; <see cref="FaultKind.InputWrong"/>: cut in the middle, another
    /// format, a header without a column that a field reads.
    /// </exception>
    RawTable Read(SourceSpec source, ReadRequest request, CancellationToken cancellation);

    /// <summary>
    /// Begins the reading of all sources of one run: what lies on one server is read as of one moment, and what a source asks of a server is
    /// checked before the first row is read.
    /// </summary>
    /// <exception cref="ReconException">As of <see cref="Read"/>.</exception>
    ReadingSession Begin(IReadOnlyList<SourceSpec> sources, ReadRequest request, CancellationToken cancellation) => new(Read, held: null);
}

/// <summary>Reads the sources of one run, any number of them at once, until it is disposed.</summary>
/// <param name="read">As <see cref="ISourceReader.Read"/>.</param>
/// <param name="held">Given back at the end: connections and their transactions.</param>
/// <param name="joined">As <see cref="ReadJoined"/>; null where no server joins anything.</param>
public sealed class ReadingSession(
    Func<SourceSpec, ReadRequest, CancellationToken, RawTable> read, IDisposable? held, JoinedRead? joined = null) : IDisposable
{
    /// <summary>True where a server can join two sources.</summary>
    public bool CanJoin => joined is not null;

    public RawTable Read(SourceSpec source, ReadRequest request, CancellationToken cancellation) => read(source, request, cancellation);

    /// <summary>Reads two sources of one server; of what it joins only the compared columns travel (<see cref="RawTable.Joined"/>).</summary>
    /// <exception cref="JoinUndoneException">The server cannot join them, or what it gave does not add up.</exception>
    /// <exception cref="ReconException">As of <see cref="Read"/>.</exception>
    public (RawTable Left, RawTable Right) ReadJoined(ServerJoin join, ReadRequest left, ReadRequest right, CancellationToken cancellation) =>
        joined!(join, left, right, cancellation);

    public void Dispose() => held?.Dispose();
}

/// <summary>Reads the two sources of a join.</summary>
public delegate (RawTable Left, RawTable Right) JoinedRead(ServerJoin join, ReadRequest left, ReadRequest right, CancellationToken cancellation);

/// <summary>What a path pattern and a progress bar need to know.</summary>
/// <param name="Progress">Called with bytes read so far; may be called from any thread.</param>
public sealed record ReadRequest(string PackId, DateOnly BusinessDate, Action<long>? Progress = null)
{
    /// <summary>
    /// Takes each block of rows when it is read, on several threads at once; a reader that offers one offers all, and may then leave
    /// their bytes where they are. Null: nobody does.
    /// </summary>
    public RowIntake? Intake { get; init; }

    /// <summary>How many blocks may be taken at once, at least 1.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>Why the source is read whole, though its server might have joined it; null where nothing was to be joined.</summary>
    public string? NotJoined { get; init; }

    /// <summary>Where a reader keeps what grows with the rows.</summary>
    public ColumnMemory Memory { get; init; } = ColumnMemory.Arrays;
}

/// <summary>Takes a block of rows.</summary>
public delegate void RowIntake(ReadRows block);

/// <summary>A block of the rows of a source.</summary>
/// <param name="Number">From 0 in the order of file and row.</param>
/// <param name="Start">Rows of the blocks before.</param>
/// <param name="Rows">The rows of the block alone, in memory until they are taken.</param>
/// <param name="Elsewhere">The same rows without their bytes; null where they stay in memory.</param>
/// <param name="Expected">How many rows the source will have, as far as the blocks so far tell; there may be more or fewer.</param>
public sealed record ReadRows(int Number, int Start, RawTable Rows, RowBlock? Elsewhere, int Expected);
