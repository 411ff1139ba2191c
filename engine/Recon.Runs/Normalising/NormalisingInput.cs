// What normalising takes and what it gives back.
using Recon.Model;
using Recon.Model.Columns;
using Recon.Model.Rules;
using Recon.Runs.Results;

namespace Recon.Runs.Normalising;

/// <summary>What becomes the records of one source.</summary>
/// <param name="Read">The rows read now.</param>
/// <param name="Carried">Open items of earlier runs; those of other sources are passed over.</param>
/// <param name="Settled">What earlier runs settled; other sources are passed over.</param>
/// <param name="Threads">At least 1; the answer does not depend on it.</param>
public sealed record NormalisingInput(
    SourceSpec Source,
    RawTable Read,
    IReadOnlyList<CarriedItem> Carried,
    IReadOnlyList<SettledRecords> Settled,
    ICompiledRules Rules,
    int Threads)
{
    /// <summary>What was read of <see cref="Read"/> while its rows came by; null where nobody took them.</summary>
    internal TakenRows? Taken { get; init; }

    /// <summary>Names of the columns that are the content of a row; null: all of them.</summary>
    internal IReadOnlySet<string>? Counted { get; init; }

    /// <summary>Where the values of the records are.</summary>
    public ColumnMemory Memory { get; init; } = ColumnMemory.Arrays;

    /// <summary>The newest statement of each account that earlier runs accepted; other sources are passed over.</summary>
    public IReadOnlyList<StatementClosing> Closings { get; init; } = [];
}

/// <summary>What became of the rows: <c>Read = Rejected + Excluded + Known + New</c>.</summary>
/// <param name="Read">Rows read now, those too that the reader refused.</param>
/// <param name="Known">Delivered twice, or in an earlier run, content unchanged.</param>
/// <param name="New">Records of this run's files.</param>
/// <param name="Carried">Open items of earlier runs that are still in scope: new + carried are the records.</param>
/// <param name="CarriedRejected">Open items that the pack in force cannot read or leaves out: held open, each among the rejects.</param>
/// <param name="CarriedReplaced">Open items that came again with other content, which counts now or is left out.</param>
public sealed record RowCounts(
    int Read,
    int Rejected,
    int Excluded,
    int Known,
    int New,
    int Carried,
    int CarriedRejected,
    int CarriedReplaced);
