// What a run of one date begins from, taken once, so that rules are tried on it without files, databases or a store.
using Recon.Model;
using Recon.Runs.Ports;
using Recon.Runs.Results;

namespace Recon.Runs.Freezing;

/// <summary>The raw rows of every source and the open items that were carried to the date.</summary>
/// <param name="Tables">One a source, by its name; raw as they were read, so that other rules may read them otherwise.</param>
/// <param name="Opening">Open items, settled records and closing balances; neither decisions of people nor what was posted.</param>
public sealed record FrozenInputs(string PackId, DateOnly BusinessDate, IReadOnlyList<RawTable> Tables, OpeningState Opening)
{
    /// <summary>Reads these tables in the place of files and databases.</summary>
    public ISourceReader Reader() => new FrozenReader(this);
}

/// <summary>Hands out tables that were read before.</summary>
sealed class FrozenReader(FrozenInputs inputs) : ISourceReader
{
    /// <inheritdoc/>
    public RawTable Read(Model.Rules.SourceSpec source, ReadRequest request, CancellationToken cancellation) =>
        inputs.Tables.FirstOrDefault(table => table.Source == source.Name) ?? throw new ReconException(
            $"the snapshot has no source '{source.Name}'; it has: {string.Join(", ", inputs.Tables.Select(table => table.Source))}; "
                + "make one with rules that read it",
            FaultKind.InputWrong);
}
