// The classes that the engine gives by itself: no pack may declare one of their names.
namespace Recon.Model.Rules;

public static class BuiltInClasses
{
    /// <summary>A match without a difference that no rule names: settled, tier auto.</summary>
    public const string Matched = "matched";

    /// <summary>A control with <c>on_fail: flag</c> that failed: suspicious, escalated.</summary>
    public const string ControlFailed = "control-failed";

    /// <summary>A record that a superseded revision read and the inputs do not deliver any more: suspicious, tier manual.</summary>
    public const string Withdrawn = "withdrawn";

    /// <summary>A break that a person closed, with a reason, and whose facts are still those: settled, tier auto.</summary>
    public const string Resolved = "resolved";

    /// <summary>A posting of ours that the books do not have by its day: suspicious, escalated.</summary>
    public const string PostingMissing = "posting-missing";

    /// <summary>A record of the books with the key of a posting of ours that says something else, or says it again: disputed, escalated.</summary>
    public const string PostingAltered = "posting-altered";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [Matched, ControlFailed, Withdrawn, Resolved, PostingMissing, PostingAltered];
}
