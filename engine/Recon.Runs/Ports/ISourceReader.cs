// What a run needs from the readers of files.
using Recon.Model;
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
}

/// <summary>What a path pattern and a progress bar need to know.</summary>
/// <param name="Progress">Called with bytes read so far; may be called from any thread.</param>
public sealed record ReadRequest(string PackId, DateOnly BusinessDate, Action<long>? Progress = null);
