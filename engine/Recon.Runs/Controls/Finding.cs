// What a control found, before the pack says how bad that is.
using Recon.Runs.Results;

namespace Recon.Runs.Controls;

sealed record Finding(ControlOutcome Outcome, string Detail)
{
    const int DetailsShown = 5;

    public static Finding Passed(string detail) => new(ControlOutcome.Passed, detail);

    public static Finding Unchecked(string detail) => new(ControlOutcome.Unchecked, detail);

    public static Finding Failed(string detail) => new(ControlOutcome.Failed, detail);

    /// <summary>
    /// Findings about parts of one control: what failed counts most, then what could not be checked; only those parts are
    /// told, at most five.
    /// </summary>
    public static Finding Of(IReadOnlyList<Finding> parts)
    {
        var worst = parts.Any(part => part.Outcome == ControlOutcome.Failed) ? ControlOutcome.Failed
            : parts.Any(part => part.Outcome == ControlOutcome.Unchecked) ? ControlOutcome.Unchecked
            : ControlOutcome.Passed;
        string[] details = [.. parts.Where(part => part.Outcome == worst).Select(part => part.Detail)];
        var more = details.Length > DetailsShown ? $"; and {details.Length - DetailsShown} more" : "";
        return new Finding(worst, string.Join("; ", details.Take(DetailsShown)) + more);
    }
}
