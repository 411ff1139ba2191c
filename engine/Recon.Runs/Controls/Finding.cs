// What a control found, before the pack says how bad that is.
using Recon.Runs.Results;

namespace Recon.Runs.Controls;

sealed record Finding(ControlOutcome Outcome, string Detail)
{
    const int DetailsShown = 5;

    /// <summary>True for a part that by its nature has nothing before it: what the other parts say counts.</summary>
    public bool IsFirst { get; init; }

    public static Finding Passed(string detail) => new(ControlOutcome.Passed, detail);

    public static Finding Unchecked(string detail) => new(ControlOutcome.Unchecked, detail);

    public static Finding First(string detail) => Unchecked(detail) with { IsFirst = true };

    public static Finding Failed(string detail) => new(ControlOutcome.Failed, detail);

    /// <summary>
    /// Findings about parts of one control: what failed counts most, then what could not be checked. The worst parts are
    /// told, at most five; where they could not be checked, also how many passed.
    /// </summary>
    public static Finding Of(IReadOnlyList<Finding> parts)
    {
        var failed = parts.Where(part => part.Outcome == ControlOutcome.Failed).ToList();
        if (failed.Count > 0)
        {
            return Failed(Details(failed));
        }

        var open = parts.Where(part => part.Outcome == ControlOutcome.Unchecked).ToList();
        if (open.Count == 0)
        {
            return Passed(Details(parts));
        }

        var passed = parts.Count - open.Count;
        var told = passed > 0 ? $"{passed} of {parts.Count} passed; unchecked: {Details(open)}" : Details(open);
        return passed > 0 && open.TrueForAll(part => part.IsFirst) ? Passed(told) : Unchecked(told);
    }

    static string Details(IReadOnlyList<Finding> parts)
    {
        var more = parts.Count > DetailsShown ? $"; and {parts.Count - DetailsShown} more" : "";
        return string.Join("; ", parts.Take(DetailsShown).Select(part => part.Detail)) + more;
    }
}
