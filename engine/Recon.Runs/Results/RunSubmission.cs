// What the store writes in one transaction.

namespace Recon.Runs.Results;

/// <summary>A finished run and the state it leaves behind.</summary>
/// <param name="OpeningRunId">The run whose closing state this one began from; null for the first.</param>
/// <param name="ClosingHash">SHA-256 in hex of opening hash, result, carried items and settled records.</param>
/// <param name="Settled">Only the records that this run settled; earlier ones stay where they are.</param>
/// <param name="At">When it was recorded: beside the record, never in it.</param>
/// <param name="By">Who or what started it.</param>
public sealed record RunSubmission(
    RunRecord Record,
    string? OpeningRunId,
    string OpeningHash,
    string ClosingHash,
    IReadOnlyList<CarriedItem> Carried,
    IReadOnlyList<SettledRecords> Settled,
    IReadOnlyList<StatementClosing> Closings,
    DateTimeOffset At,
    string By);
