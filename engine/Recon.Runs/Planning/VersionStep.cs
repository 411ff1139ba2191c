// Which step of its version a change of rules needs.
namespace Recon.Runs.Planning;

/// <summary>By what it does: <see cref="Major"/> where a match is lost or the engine would post otherwise by itself.</summary>
public enum VersionStep
{
    None,

    /// <summary>No outcome changes on the data at hand.</summary>
    Patch,

    /// <summary>Outcomes change.</summary>
    Minor,

    /// <summary>A match is lost, or a posting that the engine makes by itself is new, gone or another.</summary>
    Major,
}

public static class VersionSteps
{
    /// <param name="isOtherText">The two packs are not the same text.</param>
    public static VersionStep Needed(PlanDifference difference, bool isOtherText) =>
        difference.MatchesLost > 0 || difference.Postings.Any(posting => posting.IsAdded || posting.IsGone) ? VersionStep.Major
        : !difference.IsNothing ? VersionStep.Minor
        : isOtherText ? VersionStep.Patch
        : VersionStep.None;

    /// <param name="before">Three numbers, as <c>2.3.0</c>; what stands behind a <c>-</c> is no step.</param>
    /// <returns>None where the version stays or goes back.</returns>
    public static VersionStep Written(string before, string after)
    {
        var (earlier, later) = (Numbers(before), Numbers(after));
        return later.Major > earlier.Major ? VersionStep.Major
            : later <= earlier ? VersionStep.None
            : later.Minor > earlier.Minor ? VersionStep.Minor
            : VersionStep.Patch;
    }

    static Version Numbers(string version) => Version.Parse(version.Split('-')[0]);
}
