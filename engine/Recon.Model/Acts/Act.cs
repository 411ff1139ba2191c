// What a person did: one row, never changed.
using System.Globalization;

namespace Recon.Model.Acts;

public enum ActKind
{
    /// <summary>Somebody works on it from now on; nobody where the text is missing.</summary>
    Assign,

    Comment,

    Label,

    Unlabel,

    /// <summary>Another last date on which the class holds.</summary>
    Extend,

    /// <summary>The break is closed, as long as the facts are those of the act.</summary>
    Resolve,

    /// <summary>What was resolved is open again.</summary>
    Reopen,

    /// <summary>Records are one event, whatever the rules find.</summary>
    Match,

    /// <summary>Records are not one event: no rule finds just these again.</summary>
    Unmatch,

    /// <summary>A posting that waits may be posted, as far as this person is concerned.</summary>
    Approve,

    /// <summary>A run should not have been: the books are as they were without it, and its date is run anew.</summary>
    Undo,

    /// <summary>The first of two signatures under the books of a period.</summary>
    Prepare,

    /// <summary>The second, of another person: the period is closed.</summary>
    Certify,

    /// <summary>A period that was signed off is open again.</summary>
    Unlock,
}

/// <summary>An act of a person on a break, a match or a run. Acts that decide something are part of what later runs begin from.</summary>
/// <param name="Number">Place among the acts of the store, from 1; 0 before it is recorded.</param>
/// <param name="Key">What makes it one operation: a second act under the same key changes nothing.</param>
/// <param name="Effect">SHA-256 in hex of all that the act does, by whom and why: stored beside the key, never in it.</param>
/// <param name="BusinessDate">The date of the run on which the person decided: no run of an earlier date knows of it.</param>
/// <param name="Subject">Id of the break, of the match (<see cref="EventId"/>), of the run, or a <see cref="Period"/>.</param>
/// <param name="Reason">Null where none was given.</param>
public sealed record Act(
    long Number,
    string Key,
    string Effect,
    string PackId,
    DateOnly BusinessDate,
    string Subject,
    ActKind Kind,
    ActDetail Detail,
    string? Reason,
    DateTimeOffset At,
    string By)
{
    /// <summary>The day, in UTC, on which it was done.</summary>
    public string Day => At.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>True where runs decide otherwise for it.</summary>
    public bool IsDecision =>
        Kind is ActKind.Extend or ActKind.Resolve or ActKind.Reopen or ActKind.Match or ActKind.Unmatch or ActKind.Undo;
}

/// <summary>What belongs to an act of its kind; all else is null.</summary>
/// <param name="Text">The assignee, the comment, the label, or the hash of what is approved or signed.</param>
/// <param name="Until">The new deadline.</param>
/// <param name="Facts">
/// What a decision or a signature rests on: of a match the content of each record, by its name. Of an undone run what became of each posting, by its key.
/// </param>
/// <param name="Leg">Names of the sources of the leg, in the order of the pack.</param>
/// <param name="Records">The members, in the order of the leg's sources, then by id.</param>
public sealed record ActDetail(
    string? Text = null,
    DateOnly? Until = null,
    IReadOnlyList<Fact>? Facts = null,
    IReadOnlyList<string>? Leg = null,
    IReadOnlyList<RecordId>? Records = null);
