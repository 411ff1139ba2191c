// The front door of judging: matches and open rows in, classes, truth, postings and exposure out.
using Recon.Model;
using Recon.Model.Rules;

namespace Recon.Judging;

/// <summary>What judging needs.</summary>
/// <param name="Tables">In the order of the pack's sources.</param>
/// <param name="Scope">[leg][side]: row → true where the record was settled on that leg by an earlier run; null: none.</param>
/// <param name="Earlier">Breaks in which carried records stood before this run, by leg index and record.</param>
/// <param name="Accounts">Account → true where it is an asset; accounts that are not named are not here.</param>
/// <param name="BarAuto">A control with <c>on_fail: flag</c> failed: postings of tier auto and auto-flag escalate.</param>
public sealed record JudgingInput(
    Pack Pack,
    IReadOnlyList<RecordTable> Tables,
    MatchSet Matches,
    IReadOnlyList<bool[]?[]> Scope,
    DateOnly BusinessDate,
    ICompiledRules Rules,
    IReadOnlyDictionary<string, BusinessCalendar> Calendars,
    IReadOnlyDictionary<(int Leg, RecordId Record), EarlierBreak> Earlier,
    IReadOnlyDictionary<string, bool> Accounts,
    bool BarAuto);

/// <summary>The break in which a carried record stood.</summary>
public sealed record EarlierBreak(string Id, DateOnly Born, string Class);

/// <summary>What judging decided.</summary>
/// <param name="Breaks">In the order of the run's record: differences by (pass, business key), then open and ambiguous by (leg, source, id).</param>
/// <param name="Postings">In canonical order, before earlier postings under the same keys are looked at.</param>
public sealed record Judgement(
    IReadOnlyList<Break> Breaks, IReadOnlyList<Posting> Postings, IReadOnlyList<Exposure> Exposure);
