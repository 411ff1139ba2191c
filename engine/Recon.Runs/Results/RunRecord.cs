// The result of a run: what it decided, and nothing of when and where.
using Recon.Model;
using Recon.Model.Rules;

namespace Recon.Runs.Results;

/// <summary>
/// Everything a run decided. Equal inputs give an equal record; all but <see cref="Head"/> is equal too when files are
/// renamed or rows shuffled (but for the positions of rejects).
/// </summary>
public sealed record RunRecord
{
    public required RunIdentity Head { get; init; }

    /// <summary>In the order of the pack.</summary>
    public required IReadOnlyList<SourceSummary> Sources { get; init; }

    /// <summary>In the order of the pack.</summary>
    public required IReadOnlyList<PassSummary> Passes { get; init; }

    /// <summary>All matches, those with differences too (their judgement stands in <see cref="Breaks"/> under the same id).</summary>
    public required MatchEvidence Matches { get; init; }

    /// <summary>
    /// Judged breaks: differences in the order of (pass, business key), then open items and ambiguous components in the
    /// order of (leg, source, id of the first record).
    /// </summary>
    public required IReadOnlyList<Break> Breaks { get; init; }

    /// <summary>Sorted by (source, reason, content, file, line).</summary>
    public required IReadOnlyList<Reject> Rejects { get; init; }

    /// <summary>Records left out because another one says the same, sorted by (source, id).</summary>
    public required IReadOnlyList<Duplicate> Duplicates { get; init; }

    /// <summary>Sorted by (rule order, business key).</summary>
    public required IReadOnlyList<Posting> Posts { get; init; }

    /// <summary>Sorted by (currency, source, class order, age).</summary>
    public required IReadOnlyList<Exposure> Exposure { get; init; }

    /// <summary>
    /// By (currency, source); none where nothing weighs now and nothing did before, or where the run before does not say what
    /// its breaks weighed.
    /// </summary>
    public IReadOnlyList<RollForwardLine> RollForward { get; init; } = [];

    /// <summary>What the C# of the rules took, sorted by rule; of runs of an older engine nothing is known.</summary>
    public IReadOnlyList<RuleCost> RuleCosts { get; init; } = [];

    public required IReadOnlyList<ControlResult> Controls { get; init; }

    /// <summary>Things worth saying once: more decimals than ISO 4217 knows, a file that was empty.</summary>
    public required IReadOnlyList<string> Notices { get; init; }

    /// <summary>Number of breaks of earlier runs that this run closed, and how: <c>matched by PASS</c>.</summary>
    public required IReadOnlyList<ClosedBreak> Closed { get; init; }
}

/// <summary>Which run this is.</summary>
/// <param name="Id">First 16 hex digits of <paramref name="Key"/>.</param>
/// <param name="Key">SHA-256 in hex of pack, inputs, calendars, business date, opening state and engine major.</param>
/// <param name="Revision">From 1, per pack and business date.</param>
/// <param name="PackHash">SHA-256 in hex of the pack's canonical text.</param>
public sealed record RunIdentity(
    string Id, string Key, int Revision, string PackId, string PackVersion, string PackHash, DateOnly BusinessDate, RunState State);

public enum RunState
{
    Completed,

    /// <summary>A control with <c>on_fail: flag</c> failed: nothing was posted by the engine itself.</summary>
    Flagged,

    /// <summary>It decided nothing: it took back what the run before it posted, and its date is as one that was not run.</summary>
    Undone,
}

/// <summary>What became of the rows of a source: read = rejected + excluded + known + new; new + carried = matched + open.</summary>
/// <param name="Known">Rows of records decided in an earlier run, or delivered twice, content unchanged.</param>
/// <param name="Matched">Records matched on every leg of the source.</param>
/// <param name="Open">Records open on at least one leg.</param>
public sealed record SourceSummary(
    string Name,
    int Read,
    int Rejected,
    int Excluded,
    int Known,
    int New,
    int Carried,
    int Matched,
    int Open,
    IReadOnlyList<LegSummary> Legs,
    IReadOnlyList<ExclusionCount> Exclusions,
    IReadOnlyList<InputFile> Files);

/// <summary>How many rows a condition excluded: that of <c>where</c>, or <c>dedupe: PASS</c>.</summary>
/// <param name="Pass">The dedupe pass; null for <c>where</c>.</param>
public sealed record ExclusionCount(string Condition, int Count, string? Pass);

/// <summary>A record that a dedupe pass left out.</summary>
/// <param name="Kept">Id of the record of the same source that stays.</param>
public sealed record Duplicate(RecordId Record, string Kept, string Pass);

/// <summary>A source on one leg; <paramref name="Matched"/> counts records matched there by earlier runs too (<paramref name="Earlier"/>).</summary>
/// <param name="Residuals">What this run left open of records that are matched in part; their amounts are open.</param>
public sealed record LegSummary(
    IReadOnlyList<string> Toward, int Matched, int Open, int Earlier, IReadOnlyList<AmountSummary> Amounts, int Residuals = 0);

/// <summary>Scope = matched + open, to the last minor unit, by field and currency.</summary>
public sealed record AmountSummary(string Field, Currency Currency, ExactTotal Scope, ExactTotal Matched, ExactTotal Open);

/// <summary>What a pass did on its leg.</summary>
/// <param name="Records">Records matched, by source of the leg.</param>
/// <param name="Capped">Keys with more candidates than the pass can weigh: their records stay open as one ambiguous break each.</param>
public sealed record PassSummary(
    string Id,
    IReadOnlyList<string> Leg,
    long Candidates,
    int Matches,
    IReadOnlyList<int> Records,
    int Ambiguous,
    int Capped = 0,
    int Alternatives = 0);

public sealed record ControlResult(string Source, string Control, ControlOutcome Outcome, string Detail);

public enum ControlOutcome
{
    Passed,

    /// <summary>There was nothing to check against: no earlier statement, no trailer.</summary>
    Unchecked,

    /// <summary>Failed with <c>on_fail: flag</c>.</summary>
    Flagged,

    /// <summary>Failed: the run stops before matching.</summary>
    Failed,
}

/// <summary>A break of the opening state that does not stand any more.</summary>
public sealed record ClosedBreak(string Id, string How);
