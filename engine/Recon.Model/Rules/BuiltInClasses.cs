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

    /// <summary>All of them, those too that later parts of the engine will give.</summary>
    public static IReadOnlyList<string> All { get; } = [Matched, ControlFailed, Withdrawn, Resolved, "posting-missing", "posting-altered"];
}
